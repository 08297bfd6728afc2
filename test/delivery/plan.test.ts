import { expect, test } from 'vitest';
import type { Delivery } from '#shared/delivery/invoke.ts';
import { planPage } from '#shared/delivery/plan.ts';

/** What a page of a large room starts, as a pure function. */

const room: Delivery = { chatId: 'chat', seq: 1, userId: 'anna', firstShard: 0, shardCount: 1 };
const full = { connectionCount: 1000, next: 'c999', totalShards: 1 };
const last = { connectionCount: 100, next: undefined, totalShards: 1 };

test('a full page starts the next page of its shard at once', () => {
  const { now, later } = planPage(room, full, 4);
  expect(now).toEqual([{ ...room, totalShards: 1, afterConnectionId: 'c999', connectionsBefore: 1000 }]);
  expect(later).toBeUndefined();
});

test('the last page of a room with one shard starts nothing', () => {
  expect(planPage(room, last, 4)).toEqual({ now: [], later: undefined, shards: undefined });
});

test('the first page of a room divides the other shards into parts, each shard into one part', () => {
  const { now } = planPage(room, { ...last, totalShards: 8 }, 4);
  expect(now.map(({ firstShard, shardCount }) => [firstShard, shardCount])).toEqual([
    [1, 2],
    [3, 2],
    [5, 2],
    [7, 1],
  ]);
  expect(now.every(({ totalShards }) => totalShards === 8)).toBe(true);
});

test('there are never more parts than parallel pages', () => {
  for (const parallelPages of [1, 2, 3, 4])
    for (const totalShards of [2, 3, 4, 7, 64, 1024]) {
      const { now } = planPage(room, { ...last, totalShards }, parallelPages);
      expect(now.length).toBeLessThanOrEqual(parallelPages);
      const shards = now.flatMap(({ firstShard, shardCount }) =>
        Array.from({ length: shardCount }, (_, n) => firstShard + n),
      );
      expect(shards).toEqual(Array.from({ length: totalShards - 1 }, (_, n) => n + 1));
    }
});

test('the last page of a shard starts the next shard of its part later, from its beginning', () => {
  const part: Delivery = { ...room, firstShard: 3, shardCount: 2, totalShards: 8 };
  const page = { ...part, afterConnectionId: 'c1', connectionsBefore: 1000 };
  expect(planPage(page, last, 4).later).toEqual({ ...part, firstShard: 4, shardCount: 1 });
  expect(planPage({ ...page, shardCount: 1 }, last, 4).later).toBeUndefined();
  expect(planPage(page, full, 4).later).toBeUndefined();
});

test('a page after the first does not divide the room again', () => {
  const page: Delivery = { ...room, totalShards: 8, afterConnectionId: 'c999', connectionsBefore: 1000 };
  expect(planPage(page, last, 4).now).toEqual([]);
});

test.each([
  ['grows in a large room of one shard', { ...room, connectionsBefore: 1000 }, { ...last, connectionCount: 1 }, 2],
  ['stays the same in a small room', room, last, undefined],
  [
    'grows in a room of four shards, extrapolated from shard 1',
    { ...room, firstShard: 1, totalShards: 4 },
    { ...last, connectionCount: 1500 },
    8,
  ],
  ['never shrinks', { ...room, firstShard: 1, totalShards: 4 }, { ...last, connectionCount: 600 }, 4],
  [
    'is not planned from any other shard',
    { ...room, firstShard: 2, totalShards: 4 },
    { ...last, connectionCount: 5000 },
    undefined,
  ],
  ['is not planned before the shard ends', { ...room, connectionsBefore: 5000 }, full, undefined],
])('the number of shards %s', (_, delivery, page, shards) => {
  expect(planPage(delivery as Delivery, page, 4).shards).toBe(shards);
});
