import { settings } from '#shared/platform/settings.ts';
import { keys, sameKey } from '../keys.ts';
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

/** The ids of the others that have blocked the user. */
export async function findBlockers(userId: string, otherIds: string[]): Promise<string[]> {
  const blocks = await getItems(
    table,
    otherIds.map((id) => keys.block(id, userId)),
    [],
  );
  return otherIds.filter((id) => blocks.some((block) => sameKey(block, keys.block(id, userId))));
}

export const listBlocks = (userId: string): Promise<Block[]> => queryPrefix<Block>(table, keys.blocksOf(userId));

type Change = Pick<NonNullable<Write['Update']>, 'UpdateExpression' | 'ExpressionAttributeValues'>;

/**
 * Writes the block and, on the blocked user's membership in the direct chat of the two, the mark that a send looks at:
 * both or neither. The chat may not exist, and may be opened or left at the same moment.
 */
async function writeBlock(write: Write, blockedId: string, directId: string, mark: Change): Promise<void> {
  const membership = { TableName: table, Key: keys.membership(blockedId, directId) };
  const withChat = [write, { Update: { ...membership, ...mark, ...exists }, otherwise: 'no chat' }] as const;
  const withoutChat = [write, { ConditionCheck: { ...membership, ...isNew }, otherwise: 'chat exists' }] as const;
  for (let attempt = 0; attempt < 2; attempt++) {
    if ((await writeTogether(withChat)) === undefined) return;
    if ((await writeTogether(withoutChat)) === undefined) return;
  }
  throw new Error('A block could not be written.');
}

export async function storeBlock(userId: string, blockedId: string, directId: string): Promise<void> {
  const block: Block = { blockedId, blockedAt: new Date().toISOString() };
  await writeBlock(
    { Put: { TableName: table, Item: { ...keys.block(userId, blockedId), ...block } } },
    blockedId,
    directId,
    { UpdateExpression: 'SET blocked = :true', ExpressionAttributeValues: { ':true': true } },
  );
}

export async function deleteBlock(userId: string, blockedId: string, directId: string): Promise<void> {
  const write = { Delete: { TableName: table, Key: keys.block(userId, blockedId) } };
  await writeBlock(write, blockedId, directId, { UpdateExpression: 'REMOVE blocked' });
}
