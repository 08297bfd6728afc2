import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Connection, removeConnections } from '#shared/data/connections/connections.ts';
import { getShards } from '#shared/data/connections/shards.ts';
import type { Delivery } from '#shared/delivery/invoke.ts';
import { listLiveConnections } from '#shared/delivery/live.ts';
import { deliverToChat, redeliver } from '#shared/delivery/to-chat.ts';
import { handler as deliverHandler } from '../../functions/deliver.ts';
import { handler as messageHandler } from '../../functions/websocket/message.ts';
import { countOperations } from '../support/count-operations.ts';
import { throttleNext } from '../support/intercept-next.ts';
import { context, invokeSocket } from '../support/invoke.ts';
import { connect, newGroup, newPerson } from '../support/people.ts';
import { fillRoom } from '../support/rooms.ts';
import { aws } from '../support/stand-ins/aws.ts';
import { standIn } from '../support/stand-ins/connections.ts';
import { countOf, deliveryOf, each, runAll, storedIn, takeEvents } from './rounds.ts';

describe('a room of 250 connections', () => {
  test('is posted to by the sending function, a room of 251 by the deliver function', async () => {
    const chatId = randomUUID();
    const connections = await fillRoom(chatId, 250);
    await deliverToChat(await storedIn(chatId, 1));
    expect(countOf(connections)).toEqual(each(connections, 1));
    expect(takeEvents(chatId)).toEqual([]);
    const last = await fillRoom(chatId, 1);
    await deliverToChat(await storedIn(chatId, 2));
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
    // Two pages, and the inboxes.
    expect(await runAll(chatId)).toHaveLength(3);
    expect(standIn.received(socket)).toHaveLength(1);
  });

  test('gets a message once, even if Lambda invokes twice for each event', async () => {
    const chatId = randomUUID();
    const connections = await fillRoom(chatId, 2200);
    await deliverToChat(await storedIn(chatId));
    const events = await runAll(chatId, 2);
    expect(events.map(({ connectionsBefore = 0 }) => connectionsBefore)).toEqual([0, 1000, 2000]);
    expect(countOf(connections)).toEqual(each(connections, 1));
  });

  test('gets a message once when an invocation fails before it posts and is retried', async () => {
    const chatId = randomUUID();
    const connections = await fillRoom(chatId, 1200);
    await deliverToChat(await storedIn(chatId));
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
    await deliverToChat(await storedIn(chatId));
    const [event] = takeEvents(chatId) as [Delivery];
    throttleNext('UpdateItem', process.env.CONNECTIONS_TABLE);
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
    const event = { ...deliveryOf(await storedIn(chatId)), firstShard: 1, shardCount: 2, totalShards: 4 };
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
    await deliverToChat(await storedIn(chatId));
    const [first] = takeEvents(chatId) as [Delivery];
    await deliverHandler(first, context);
    const [last] = takeEvents(chatId) as [Delivery];
    throttleNext('UpdateItem', process.env.CONNECTIONS_TABLE);
    await deliverHandler(last, context);
    expect(countOf(connections)).toEqual(each(connections, 1));
    expect(await getShards(chatId)).toBe(1);
  });

  test('does not get an hour-old message again when its author retries it', async () => {
    const chatId = randomUUID();
    await fillRoom(chatId, 251);
    const now = await storedIn(chatId);
    await redeliver(now);
    expect(takeEvents(chatId)).toHaveLength(1);
    await redeliver({ ...now, createdAt: new Date(Date.now() - 3_600_000).toISOString() });
    expect(takeEvents(chatId)).toEqual([]);
  });

  test('does not fail a send when the deliver function cannot be invoked', async () => {
    const chatId = randomUUID();
    await fillRoom(chatId, 251);
    aws.fail(500);
    await deliverToChat(await storedIn(chatId));
    aws.fail(undefined);
    expect(takeEvents(chatId)).toEqual([]);
  });

  test('gets no live frames', async () => {
    const chatId = randomUUID();
    const [one] = (await fillRoom(chatId, 1, { events: true })) as [Connection];
    expect(await listLiveConnections(chatId)).toMatchObject([{ connectionId: one.connectionId }]);
    await fillRoom(chatId, 250);
    expect(await listLiveConnections(chatId)).toEqual([]);
  });
});
