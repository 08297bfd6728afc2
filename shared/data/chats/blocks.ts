import { settings } from '#shared/platform/settings.ts';
import { userCheck } from '../accounts/staying.ts';
import { type Key, keys } from '../keys.ts';
import { getItems, queryPrefix } from '../table.ts';
import { exists, isNew, type Write, writeTogether } from '../write.ts';

const table = settings.chatTable();

/** A user's block of another user. */
export interface Block {
  blockedId: string;
  blockedAt: string;
}

/** Fails a transaction if the user has blocked the other. */
export const noBlockCheck = (userId: string, otherId: string): Write => ({
  ConditionCheck: { TableName: table, Key: keys.block(userId, otherId), ...isNew },
});

export const listBlocks = (userId: string): Promise<Block[]> => queryPrefix<Block>(table, keys.blocksOf(userId));

/** Returns the pairs in which one user has blocked the other. */
export async function findBlocked<Pair extends { userId: string; otherId: string }>(pairs: Pair[]): Promise<Set<Pair>> {
  const keysOf = ({ userId, otherId }: Pair) => [keys.block(userId, otherId), keys.block(otherId, userId)];
  const nameOf = ({ pk, sk }: Key) => `${pk} ${sk}`;
  const all = new Map(pairs.flatMap(keysOf).map((key) => [nameOf(key), key]));
  const found = new Set((await getItems(table, [...all.values()])).map(nameOf));
  return new Set(pairs.filter((pair) => keysOf(pair).some((key) => found.has(nameOf(key)))));
}

/**
 * Writes the block and, in the direct chat of the two, its marks: on the chat, which then gives out no number, on both
 * memberships, which then open no socket, and on the roster, so that nothing of the chat goes to the blocked one's inboxes.
 * The chat may not exist, and may be opened or left at the same moment.
 */
async function writeBlock(write: Write, userId: string, blockedId: string, directId: string, change: 'ADD' | 'DELETE') {
  const mark = (key: Key, attribute: 'blockedBy' | 'blockedIds', id: string): Write => ({
    Update: {
      TableName: table,
      Key: key,
      UpdateExpression: `${change} ${attribute} :user`,
      ...exists,
      ExpressionAttributeValues: { ':user': new Set([id]) },
    },
  });
  const own = [write, { ...userCheck(userId), otherwise: 'no such user' }] as const;
  const ofBoth = [keys.chat(directId), keys.membership(userId, directId), keys.membership(blockedId, directId)];
  const marks = [
    ...ofBoth.map((key) => mark(key, 'blockedBy', userId)),
    mark(keys.roster(directId), 'blockedIds', blockedId),
  ];
  const withChat = [...own, ...marks.map((write) => ({ ...write, otherwise: 'no chat' as const }))];
  const noChat = { ConditionCheck: { TableName: table, Key: keys.membership(blockedId, directId), ...isNew } };
  const withoutChat = [...own, { ...noChat, otherwise: 'chat exists' }] as const;
  for (let attempt = 0; attempt < 2; attempt++) {
    for (const writes of [withChat, withoutChat]) {
      const refusal = await writeTogether<'no such user' | 'no chat' | 'chat exists'>(writes);
      if (refusal === undefined || refusal === 'no such user') return refusal;
    }
  }
  throw new Error('A block could not be written.');
}

export async function storeBlock(userId: string, blockedId: string, directId: string) {
  const block: Block = { blockedId, blockedAt: new Date().toISOString() };
  const put = { Put: { TableName: table, Item: { ...keys.block(userId, blockedId), ...block } } };
  return writeBlock(put, userId, blockedId, directId, 'ADD');
}

export async function deleteBlock(userId: string, blockedId: string, directId: string) {
  const write = { Delete: { TableName: table, Key: keys.block(userId, blockedId) } };
  return writeBlock(write, userId, blockedId, directId, 'DELETE');
}
