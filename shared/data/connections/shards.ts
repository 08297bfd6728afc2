import { settings } from '#shared/platform/settings.ts';
import { connectionKeys as keys } from '../keys.ts';
import { getItem } from '../table.ts';
import { nowInSeconds, updateIf } from '../write.ts';

/**
 * The connections of a large room are spread over shards, each a partition of its own. A room has one shard until a message
 * finds it large; from then on new connections go to all shards, and older ones stay where they are. The number of shards
 * expires a day after the room was last found large.
 */

const table = settings.connectionsTable();

/** Connections in a shard: what one delivery posts in a second, and far below what one partition bears. */
const perShard = 1000;
/** Enough for a million connections, which API Gateway takes minutes to post to. */
const maxShards = 1024;

/** Seconds. */
const lifetime = {
  /** How long the number of shards holds. */
  all: 24 * 60 * 60,
  /** When less than this is left, a message renews it. */
  renewed: 12 * 60 * 60,
  /** When less than this is left, new connections go to shard 0 again. */
  unused: 3 * 60 * 60,
};

interface Shards {
  shards: number;
  expiresAt: number;
}

/** The number of shards, which is the first item of a room's first page if there are several. */
export const shardsOf = (items: Partial<Shards>[]): number => items[0]?.shards ?? 1;

/** Over how many shards a new connection may be put: nobody would find one that outlived the shards. */
export async function getShards(chatId: string): Promise<number> {
  const item = await getItem<Shards>(table, keys.shards(chatId));
  return item && item.expiresAt > nowInSeconds() + lifetime.unused ? item.shards : 1;
}

export const anyShard = (shards: number): number => Math.floor(Math.random() * shards);

/** How many shards a room with this many connections should have: 1, 2, 4... */
export const shardsFor = (connections: number): number =>
  Math.min(maxShards, 2 ** Math.ceil(Math.log2(Math.max(1, connections / perShard))));

/** Spreads a room over more shards, or renews those it has; never over fewer, which connections may be in. */
export async function spread(chatId: string, shards: number): Promise<void> {
  const now = nowInSeconds();
  await updateIf({
    TableName: table,
    Key: keys.shards(chatId),
    UpdateExpression: 'SET shards = :shards, expiresAt = :end',
    ConditionExpression:
      'attribute_not_exists(pk) OR shards < :shards OR expiresAt <= :now OR shards = :shards AND expiresAt <= :old',
    ExpressionAttributeValues: {
      ':shards': shards,
      ':end': now + lifetime.all,
      ':old': now + lifetime.renewed,
      ':now': now,
    },
  });
}
