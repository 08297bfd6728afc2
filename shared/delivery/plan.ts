import { shardsFor } from '#shared/data/connections/shards.ts';
import type { Delivery } from './invoke.ts';

/** What was read of a page. */
interface ReadPage {
  connectionCount: number;
  /** The page's last connection; undefined if the page ends its shard. */
  next: string | undefined;
  /** How many shards the room has; the room's first page learns it here. */
  totalShards: number;
}

/** The invocations that a page starts in addition to its own posts. */
export interface PagePlan {
  /** What need not wait for the page's posts. */
  now: Delivery[];
  /** What waits until most of the page is done, so that no more than `parallelPages` of a room are posted to at once. */
  later: Delivery | undefined;
  /** Over how many shards the room should be spread; undefined if one will do or the room's size is not known yet. */
  shards: number | undefined;
}

/**
 * Plans the delivery to a room from one of its pages. The pages of a shard start each other; so do the shards of a part.
 * The room's first page divides the other shards into at most `parallelPages` parts.
 */
export function planPage(delivery: Delivery, page: ReadPage, parallelPages: number): PagePlan {
  const { firstShard, afterConnectionId, totalShards = page.totalShards, connectionsBefore = 0 } = delivery;
  const connections = connectionsBefore + page.connectionCount;
  const startsRoom = firstShard === 0 && afterConnectionId === undefined;
  const endsShard = page.next === undefined;
  return {
    now: [
      ...(endsShard ? [] : [nextPage({ ...delivery, totalShards }, page.next as string, connections)]),
      ...(startsRoom ? otherShards({ ...delivery, totalShards }, totalShards, parallelPages) : []),
    ],
    later: endsShard && delivery.shardCount > 1 ? nextShard(delivery) : undefined,
    shards: endsShard ? shardsWanted(firstShard, connections, totalShards) : undefined,
  };
}

const nextPage = (delivery: Delivery, afterConnectionId: string, connectionsBefore: number): Delivery => ({
  ...delivery,
  afterConnectionId,
  connectionsBefore,
});

function nextShard({ afterConnectionId: _, connectionsBefore: __, ...part }: Delivery): Delivery {
  return { ...part, firstShard: part.firstShard + 1, shardCount: part.shardCount - 1 };
}

/** All shards but the first, in parts: within each, one shard comes after the other. */
function otherShards(delivery: Delivery, totalShards: number, parallelPages: number): Delivery[] {
  const others = totalShards - 1;
  const size = Math.ceil(others / parallelPages);
  return Array.from({ length: others === 0 ? 0 : Math.ceil(others / size) }, (_, n) => ({
    ...delivery,
    firstShard: 1 + n * size,
    shardCount: Math.min(size, others - n * size),
  }));
}

/** The room's size is estimated from shard 1 if there is one: shard 0 still holds the connections from before the split. */
function shardsWanted(shard: number, connections: number, totalShards: number): number | undefined {
  const isSample = shard === Math.min(totalShards - 1, 1);
  const wanted = shardsFor(connections * totalShards);
  return isSample && wanted > 1 ? Math.max(wanted, totalShards) : undefined;
}
