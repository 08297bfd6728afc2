import { settings } from '../settings.ts';
import { keys, sameKey } from './keys.ts';
import { getItems, queryItems, type Write, writeTogether } from './table.ts';

const table = settings.chatTable();

/** Holds a transaction to it that the user has not blocked the other. */
export const noBlockCheck = (userId: string, otherId: string): Write => ({
  ConditionCheck: {
    TableName: table,
    Key: keys.block(userId, otherId),
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/** Those of the others who have blocked the user. */
export async function findBlockers(userId: string, otherIds: string[]): Promise<string[]> {
  const blocks = await getItems(
    table,
    otherIds.map((id) => keys.block(id, userId)),
    [],
  );
  return otherIds.filter((id) => blocks.some((block) => sameKey(block, keys.block(id, userId))));
}

export async function listBlocks(userId: string): Promise<{ blockedId: string; blockedAt: string }[]> {
  return queryItems<{ blockedId: string; blockedAt: string }>({
    TableName: table,
    KeyConditionExpression: 'pk = :user AND begins_with(sk, :blocks)',
    ExpressionAttributeValues: { ':user': `USER#${userId}`, ':blocks': 'BLOCK#' },
    ConsistentRead: true,
  });
}

/**
 * Writes the block and, on the blocked one's membership in the direct chat of the two, what a send looks at: both or
 * neither. The chat may not be there yet, and may come at the same moment.
 */
async function writeBlock(write: Write, otherId: string, directId: string, change: string): Promise<void> {
  const Key = keys.membership(otherId, directId);
  const marked: Write = {
    Update: {
      TableName: table,
      Key,
      UpdateExpression: change,
      ConditionExpression: 'attribute_exists(pk)',
      ...(change.includes(':true') && { ExpressionAttributeValues: { ':true': true } }),
    },
  };
  const without: Write = { ConditionCheck: { TableName: table, Key, ConditionExpression: 'attribute_not_exists(pk)' } };
  for (let attempt = 0; attempt < 4; attempt++) {
    if ((await writeTogether([write, attempt % 2 === 0 ? marked : without])) === undefined) return;
  }
  throw new Error('A block could not be written.');
}

export async function storeBlock(userId: string, blockedId: string, directId: string): Promise<void> {
  const item = { ...keys.block(userId, blockedId), blockedId, blockedAt: new Date().toISOString() };
  await writeBlock({ Put: { TableName: table, Item: item } }, blockedId, directId, 'SET blocked = :true');
}

export async function deleteBlock(userId: string, blockedId: string, directId: string): Promise<void> {
  const write = { Delete: { TableName: table, Key: keys.block(userId, blockedId) } };
  await writeBlock(write, blockedId, directId, 'REMOVE blocked');
}
