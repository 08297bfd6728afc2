import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test, vi } from 'vitest';
import type { Message } from '#shared/contract/chats/message.ts';
import { db } from '#shared/data/client.ts';
import { type Connection, removeConnections } from '#shared/data/connections.ts';
import { connectionKeys } from '#shared/data/keys.ts';
import { getShards, shardsFor, spread } from '#shared/data/shards.ts';
import type { Delivery } from '#shared/delivery/invoke.ts';
import { deliverLive, deliverToChat, redeliver } from '#shared/delivery/to-chat.ts';
import { handler as deliverHandler } from '../../functions/deliver.ts';
import { handler as messageHandler } from '../../functions/websocket/message.ts';
import { countOperations } from '../support/count-operations.ts';
import { throttleNext } from '../support/intercept-next.ts';
import { context, invokeSocket } from '../support/invoke.ts';
import { connect, newGroup, newPerson } from '../support/people.ts';
import { fillRoom } from '../support/rooms.ts';
import { aws } from '../support/stand-ins/aws.ts';
import { standIn } from '../support/stand-ins/connections.ts';

const messageIn = (chatId: string, seq = 1): Message => ({
  id: `${chatId}-${seq}`,
  chatId,
  userId: 'u',
  userName: 'Anna',
  content: 'hello',
  type: 'text',
  createdAt: new Date().toISOString(),
  seq,
});

/** Takes the events of this chat that Lambda is still to invoke for. */
function takeEvents(chatId: string): Delivery[] {
  const mine = ({ event }: { event: Delivery }) => event.message.chatId === chatId;
  const events = aws.invocations.filter(mine);
  for (const taken of events) aws.invocations.splice(aws.invocations.indexOf(taken), 1);
  return events.map(({ event }) => event);
}

/** Invokes for each event and for those that follow, each `times` times, as Lambda may. Returns the events by round. */
async function runRounds(chatId: string, times = 1): Promise<Delivery[][]> {
  const rounds: Delivery[][] = [];
  for (let events = takeEvents(chatId); events.length > 0; events = takeEvents(chatId)) {
    rounds.push(events);
    for (const event of events) for (let n = 0; n < times; n++) await deliverHandler(event, context);
  }
  return rounds;
}

const runAll = async (chatId: string, times?: number) => (await runRounds(chatId, times)).flat();

const countOf = (connections: Connection[]) =>
  connections.map(({ connectionId }) => standIn.received(connectionId).length);
const each = (connections: Connection[], times: number) => connections.map(() => times);

describe('a room of 250 connections', () => {
  test('is posted to by the sending function, a room of 251 by the deliver function', async () => {
    const chatId = randomUUID();
    const connections = await fillRoom(chatId, 250);
    await deliverToChat(messageIn(chatId, 1));
    expect(countOf(connections)).toEqual(each(connections, 1));
    expect(takeEvents(chatId)).toEqual([]);
    const last = await fillRoom(chatId, 1);
    await deliverToChat(messageIn(chatId, 2));
    expect(countOf([...connections, ...last])).toEqual([...each(connections, 1), 0]);
    await runAll(chatId);
    expect(countOf([...connections, ...last])).toEqual([...each(connections, 2), 1]);
  });
});

describe('a large room', () => {
  test('costs the sending function one query, whatever its size, and the author’s socket gets the message once', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const socket = await connect(anna, chatId);
    await fillRoom(chatId, 1500);
    const send = () =>
      invokeSocket(messageHandler, 'message', socket, { frame: { type: 'message', content: 'hello' } });
    const { operations } = await countOperations(send);
    expect(operations.filter((name) => name === 'Query')).toHaveLength(1);
    expect(standIn.received(socket)).toMatchObject([{ content: 'hello' }]);
    expect(await runAll(chatId)).toHaveLength(2);
    expect(standIn.received(socket)).toHaveLength(1);
  });

  test('gets a message once, even if Lambda invokes twice for each event', async () => {
    const chatId = randomUUID();
    const connections = await fillRoom(chatId, 2200);
    await deliverToChat(messageIn(chatId));
    const events = await runAll(chatId, 2);
    expect(events.map(({ connectionsBefore = 0 }) => connectionsBefore)).toEqual([0, 1000, 2000]);
    expect(countOf(connections)).toEqual(each(connections, 1));
  });

  test('gets a message once when an invocation fails before it posts and is retried', async () => {
    const chatId = randomUUID();
    const connections = await fillRoom(chatId, 1200);
    await deliverToChat(messageIn(chatId));
    const [event] = takeEvents(chatId) as [Delivery];
    aws.fail(500);
    await expect(deliverHandler(event, context)).rejects.toThrow('Lambda answered 500');
    aws.fail(undefined);
    expect(countOf(connections)).toEqual(each(connections, 0));
    await deliverHandler(event, context);
    await runAll(chatId);
    expect(countOf(connections)).toEqual(each(connections, 1));
  });

  test('gets a message once after its first page, even if people leave and that page is repeated because its mark could not be stored', async () => {
    const chatId = randomUUID();
    const connections = await fillRoom(chatId, 2200);
    const inOrder = connections.toSorted((a, b) => (a.connectionId < b.connectionId ? -1 : 1));
    await deliverToChat(messageIn(chatId));
    const [event] = takeEvents(chatId) as [Delivery];
    throttleNext('UpdateItem');
    await expect(deliverHandler(event, context)).rejects.toThrow('slow down');
    const next = takeEvents(chatId);
    await removeConnections(inOrder.slice(0, 2));
    await deliverHandler(event, context);
    expect(takeEvents(chatId)).toEqual(next);
    aws.invocations.push(...[...next, ...next].map((event) => ({ functionName: 'deliver', event })));
    await runAll(chatId);
    // The connections of the first page were posted to before it failed.
    expect(countOf(inOrder)).toEqual([1, 1, ...each(inOrder.slice(2, 1000), 2), ...each(inOrder.slice(1000), 1)]);
  });

  test('continues with the next shard on a retry, without posting twice', async () => {
    const chatId = randomUUID();
    const here = await fillRoom(chatId, 5, { shard: 1 });
    const there = await fillRoom(chatId, 5, { shard: 2 });
    const event = { message: messageIn(chatId), firstShard: 1, shardCount: 2, totalShards: 4 };
    aws.fail(500);
    await expect(deliverHandler(event, context)).rejects.toThrow('Lambda answered 500');
    aws.fail(undefined);
    expect(countOf([...here, ...there])).toEqual([...each(here, 1), ...each(there, 0)]);
    await deliverHandler(event, context);
    await runAll(chatId);
    expect(countOf([...here, ...there])).toEqual(each([...here, ...there], 1));
  });

  test('gets its message even if it cannot be divided into more shards', async () => {
    const chatId = randomUUID();
    const connections = await fillRoom(chatId, 1100);
    await deliverToChat(messageIn(chatId));
    const [first] = takeEvents(chatId) as [Delivery];
    await deliverHandler(first, context);
    const [last] = takeEvents(chatId) as [Delivery];
    throttleNext('UpdateItem');
    await deliverHandler(last, context);
    expect(countOf(connections)).toEqual(each(connections, 1));
    expect(await getShards(chatId)).toBe(1);
  });

  test('does not get an hour-old message again when its author retries it', async () => {
    const chatId = randomUUID();
    await fillRoom(chatId, 251);
    const now = messageIn(chatId);
    await redeliver(now);
    expect(takeEvents(chatId)).toHaveLength(1);
    await redeliver({ ...now, createdAt: new Date(Date.now() - 3_600_000).toISOString() });
    expect(takeEvents(chatId)).toEqual([]);
  });

  test('does not fail a send when the deliver function cannot be invoked', async () => {
    const chatId = randomUUID();
    await fillRoom(chatId, 251);
    aws.fail(500);
    await deliverToChat(messageIn(chatId));
    aws.fail(undefined);
    expect(takeEvents(chatId)).toEqual([]);
  });

  test('gets no live frames', async () => {
    const chatId = randomUUID();
    const [one] = (await fillRoom(chatId, 1, { events: true })) as [Connection];
    await deliverLive(chatId, { type: 'read' });
    expect(standIn.received(one.connectionId)).toHaveLength(1);
    await fillRoom(chatId, 250);
    await deliverLive(chatId, { type: 'read' });
    expect(standIn.received(one.connectionId)).toHaveLength(1);
    expect(takeEvents(chatId)).toEqual([]);
  });
});

/** Delivers to a shard of ten connections, some of them slow, and returns when the next shard has been started. */
async function deliverTo({ slow: count, behaving }: { slow: number; behaving: (number | 'silent')[] }) {
  const chatId = randomUUID();
  const slow = (await fillRoom(chatId, 10, { shard: 1 })).slice(0, count);
  for (const { connectionId } of slow) standIn.behave(connectionId, ...behaving);
  const ending = deliverHandler({ message: messageIn(chatId), firstShard: 1, shardCount: 2, totalShards: 4 }, context);
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
    await deliverToChat(messageIn(chatId, 10));
    await runAll(chatId);
    expect(await getShards(chatId)).toBe(2);
    const grown = await fillRoom(chatId, 1600, { shard: 1 });
    const socket = await connect(anna, chatId);
    await deliverToChat(messageIn(chatId, 11));
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
    await deliverToChat(messageIn(chatId));
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
