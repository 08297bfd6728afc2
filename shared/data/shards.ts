import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '../settings.ts';
import { connectionKeys as keys } from './keys.ts';
import { db } from './table.ts';

/**
 * The shards of a large room: its connections lie in so many partitions. A room has one until a message finds it large;
 * then new connections go to all, and the old ones stay where they are. It has one again a day after it was last large.
 */

const table = settings.connectionsTable();

/** Connections in a shard: what one delivery posts in a second, and far below what one partition bears. */
const perShard = 1000;
/** A million connections: API Gateway takes a minute and more to post to them, at the quotas one may hope for. */
const mostShards = 1024;
/** How long it holds, and how long before its end it is made anew or used no more for new connections. Seconds. */
const lifetime = { all: 24 * 60 * 60, renewed: 12 * 60 * 60, unused: 3 * 60 * 60 };

interface Shards {
  sk?: string;
  shards?: number;
  expiresAt?: number;
}

const now = () => Math.floor(Date.now() / 1000);

/** Among the items of a room's first page. */
export const shardsOf = (items: Shards[]): number => items[0]?.shards ?? 1;

/** Over how many shards a new connection may be: one that outlived the shards would be found by nobody. */
export async function getShards(chatId: string): Promise<number> {
  const found = await db.send(new GetCommand({ TableName: table, Key: keys.shards(chatId), ConsistentRead: true }));
  const { shards = 1, expiresAt = 0 }: Shards = found.Item ?? {};
  return expiresAt > now() + lifetime.unused ? shards : 1;
}

export const anyShard = (shards: number): number => Math.floor(Math.random() * shards);

/** How many shards a room of so many connections should have: 1, 2, 4... */
export const shardsFor = (connections: number): number =>
  Math.min(mostShards, 2 ** Math.ceil(Math.log2(Math.max(1, connections / perShard))));

/** Spreads a room over more shards, or holds on to those it has; never over fewer while connections are in them. */
export async function spread(chatId: string, shards: number): Promise<void> {
  try {
    await db.send(
      new UpdateCommand({
        TableName: table,
        Key: keys.shards(chatId),
        UpdateExpression: 'SET shards = :shards, expiresAt = :end',
        ConditionExpression:
          'attribute_not_exists(pk) OR shards < :shards OR expiresAt <= :now OR shards = :shards AND expiresAt <= :old',
        ExpressionAttributeValues: {
          ':shards': shards,
          ':end': now() + lifetime.all,
          ':old': now() + lifetime.renewed,
          ':now': now(),
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
