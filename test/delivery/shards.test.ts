import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test, vi } from 'vitest';
import { db } from '#shared/data/client.ts';
import { getShards, shardsFor, spread } from '#shared/data/connections/shards.ts';
import { connectionKeys } from '#shared/data/keys.ts';
import { deliverToChat } from '#shared/delivery/to-chat.ts';
import { handler as deliverHandler } from '../../functions/deliver.ts';
import { context } from '../support/invoke.ts';
import { connect, newGroup, newPerson } from '../support/people.ts';
import { fillRoom } from '../support/rooms.ts';
import { standIn } from '../support/stand-ins/connections.ts';
import { countOf, deliveryOf, each, runAll, runRounds, storedIn, takeEvents } from './rounds.ts';

/** Delivers to a shard of ten connections, some of them slow, and returns when the next shard has been started. */
async function deliverTo({ slow: count, behaving }: { slow: number; behaving: (number | 'silent')[] }) {
  const chatId = randomUUID();
  const slow = (await fillRoom(chatId, 10, { shard: 1 })).slice(0, count);
  for (const { connectionId } of slow) standIn.behave(connectionId, ...behaving);
  const ending = deliverHandler(
    { ...deliveryOf(await storedIn(chatId)), firstShard: 1, shardCount: 2, totalShards: 4 },
    context,
  );
  const next = await vi.waitUntil(() => takeEvents(chatId)[0], { timeout: 10_000, interval: 5 });
  expect(next).toMatchObject({ firstShard: 2, shardCount: 1 });
  return { slow, ending };
}

describe('the shards of a room', () => {
  test('are added when a message finds the room large or grown, and old connections stay reachable', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const old = await fillRoom(chatId, 1700);
    expect(await getShards(chatId)).toBe(1);
    await deliverToChat(await storedIn(chatId, 10));
    await runAll(chatId);
    expect(await getShards(chatId)).toBe(2);
    const grown = await fillRoom(chatId, 1600, { shard: 1 });
    const socket = await connect(anna, chatId);
    await deliverToChat(await storedIn(chatId, 11));
    await runAll(chatId);
    expect(countOf(old)).toEqual(each(old, 2));
    expect(countOf(grown)).toEqual(each(grown, 1));
    expect(standIn.received(socket)).toHaveLength(1);
    expect(await getShards(chatId)).toBe(4);
  });

  test('are posted to one after another, in as many parts as may post at once', async () => {
    const chatId = randomUUID();
    await spread(chatId, 64);
    const far = (await Promise.all([1, 32, 63].map((shard) => fillRoom(chatId, 1, { shard })))).flat();
    await deliverToChat(await storedIn(chatId));
    const rounds = await runRounds(chatId);
    const shards = rounds.flat().map(({ firstShard }) => firstShard);
    expect(shards.sort((a, b) => a - b)).toEqual(Array.from({ length: 64 }, (_, n) => n));
    expect(Math.max(...rounds.map((events) => events.length))).toBe(4);
    expect(countOf(far)).toEqual(each(far, 1));
  });

  test('are not delayed by a few slow peers', async () => {
    const { slow, ending } = await deliverTo({ slow: 2, behaving: ['silent', 200] });
    expect(countOf(slow)).toEqual([0, 0]);
    await ending;
    expect(countOf(slow)).toEqual([1, 1]);
  });

  test('wait while many posts are throttled', async () => {
    const { slow, ending } = await deliverTo({ slow: 4, behaving: [429, 429, 429, 200] });
    expect(countOf(slow).filter((count) => count === 1).length).toBeGreaterThanOrEqual(2);
    await ending;
    expect(countOf(slow)).toEqual([1, 1, 1, 1]);
  });

  test('accept no new connections that could outlive them', async () => {
    const [held, ending] = [randomUUID(), randomUUID()];
    await spread(held, 4);
    const expiresAt = Math.floor(Date.now() / 1000) + 2 * 60 * 60;
    const Item = { ...connectionKeys.shards(ending), shards: 4, expiresAt };
    await db.send(new PutCommand({ TableName: process.env.CONNECTIONS_TABLE, Item }));
    expect([await getShards(held), await getShards(ending)]).toEqual([4, 1]);
    // A room that is still large keeps its shards.
    await spread(ending, 4);
    expect(await getShards(ending)).toBe(4);
    await spread(ending, 2);
    expect(await getShards(ending)).toBe(4);
  });

  test('number a power of two with at most a thousand connections each, and never exceed 1,024', () => {
    expect([0, 1000, 1001, 2001, 100_000, 1_000_000, 5_000_000].map(shardsFor)).toEqual([1, 1, 2, 4, 128, 1024, 1024]);
  });
});
