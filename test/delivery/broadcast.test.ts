import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { db } from '#shared/data/client.ts';
import type { Connection } from '#shared/data/connections/connections.ts';
import { connectionKeys } from '#shared/data/keys.ts';
import { broadcast } from '#shared/delivery/broadcast.ts';
import { takeMetrics } from '#shared/platform/metrics.ts';
import { linesOf } from '../support/log-lines.ts';
import { connectionsIn } from '../support/people.ts';
import { standIn } from '../support/stand-ins/connections.ts';

/** A connection that was opened `age` milliseconds ago. */
async function connection(chatId: string, age = 60_000): Promise<Connection> {
  const connectionId = `${randomUUID()}=`;
  const connectedAt = Date.now() - age;
  const expiresAt = Math.floor(Date.now() / 1000) + 60;
  const Item = { ...connectionKeys.inChat(chatId, 0, connectionId), userId: 'u', connectedAt, expiresAt };
  await db.send(new PutCommand({ TableName: process.env.CONNECTIONS_TABLE, Item }));
  return { connectionId, chatId, shard: 0, userId: 'u', connectedAt };
}

const connections = (chatId: string, count: number) =>
  Promise.all(Array.from({ length: count }, () => connection(chatId)));
const frame = { id: 'm1', content: 'hello' };

test('posts to more connections than its concurrency', async () => {
  const all = await connections(randomUUID(), 300);
  await broadcast(all, frame);
  for (const { connectionId } of all) expect(standIn.received(connectionId)).toEqual([frame]);
});

test('removes a gone connection and reaches the live ones', async () => {
  const chatId = randomUUID();
  const [gone, ...live] = await connections(chatId, 5);
  standIn.behave((gone as Connection).connectionId, 410);
  await broadcast([gone as Connection, ...live], frame);
  for (const { connectionId } of live) expect(standIn.received(connectionId)).toEqual([frame]);
  const left = (await connectionsIn(chatId)).map(({ connectionId }) => connectionId);
  expect(left.sort()).toEqual(live.map(({ connectionId }) => connectionId).sort());
});

test('retries a connection that is still opening, and keeps it', async () => {
  const chatId = randomUUID();
  const opening = await connection(chatId, 0);
  standIn.behave(opening.connectionId, 410, 410, 200);
  await broadcast([opening], frame);
  expect(standIn.received(opening.connectionId)).toEqual([frame]);
  expect(await connectionsIn(chatId)).toHaveLength(1);
});

test('does not wait for a recent connection whose handshake was aborted, and keeps it', async () => {
  const chatId = randomUUID();
  const broken = await connection(chatId, 2000);
  standIn.behave(broken.connectionId, 410);
  const startedAt = performance.now();
  await broadcast([broken], frame);
  expect(performance.now() - startedAt).toBeLessThan(1000);
  expect(await connectionsIn(chatId)).toHaveLength(1);
});

test.each([429, 500, 503])('retries after %i', async (status) => {
  const chatId = randomUUID();
  const slow = await connection(chatId);
  standIn.behave(slow.connectionId, status, status, 200);
  await broadcast([slow], frame);
  expect(standIn.received(slow.connectionId)).toEqual([frame]);
});

test('retries after a broken connection', async () => {
  const broken = await connection(randomUUID());
  standIn.behave(broken.connectionId, 'broken', 'broken', 'broken', 200);
  await broadcast([broken], frame);
  expect(standIn.received(broken.connectionId)).toEqual([frame]);
});

test('counts as given up what has no result when time is up', async () => {
  // More than can be posted to in this time.
  const all = await connections(randomUUID(), 300);
  for (const { connectionId } of all) standIn.behave(connectionId, 'silent');
  takeMetrics();
  await broadcast(all, frame, { timeoutMs: 20 });
  expect(takeMetrics()).toMatchObject({ DeliveriesGivenUp: 300 });
});

test('counts the deliveries it gives up, in total and by cause', async () => {
  const [throttled, forbidden, other, live] = await connections(randomUUID(), 4);
  standIn.behave((throttled as Connection).connectionId, 429);
  for (const peer of [forbidden, other]) standIn.behave((peer as Connection).connectionId, 403);
  takeMetrics();
  const lines = await linesOf(() => broadcast([throttled, forbidden, other, live] as Connection[], frame));
  expect(takeMetrics()).toMatchObject({ Deliveries: 1, DeliveriesGivenUp: 3 });
  expect(lines.map(({ message, cause, connections }) => [message, cause, connections]).sort()).toEqual([
    ['delivery given up', 'ForbiddenException', 2],
    ['delivery given up', 'LimitExceededException', 1],
  ]);
  for (const { connections, ...line } of lines) {
    expect(line.DeliveriesGivenUp).toBe(connections);
    expect(line._aws.CloudWatchMetrics[0].Dimensions).toEqual([['cause']]);
  }
});

test('finishes in time with more silent peers than its concurrency', async () => {
  const all = await connections(randomUUID(), 400);
  for (const { connectionId } of all) standIn.behave(connectionId, 'silent');
  const startedAt = performance.now();
  await broadcast(all, frame);
  expect(performance.now() - startedAt).toBeLessThan(6000);
});

test('finishes in time whatever some peers do, and reaches the others', async () => {
  const chatId = randomUUID();
  const [silent, throttled, forbidden, ...live] = await connections(chatId, 6);
  standIn.behave((silent as Connection).connectionId, 'silent');
  standIn.behave((throttled as Connection).connectionId, 429);
  standIn.behave((forbidden as Connection).connectionId, 403);
  const startedAt = performance.now();
  await broadcast([silent, throttled, forbidden, ...live] as Connection[], frame);
  // The budget is 2 s, and a busy machine takes longer; a silent peer would hang forever.
  expect(performance.now() - startedAt).toBeLessThan(6000);
  for (const { connectionId } of live) expect(standIn.received(connectionId)).toEqual([frame]);
  expect(await connectionsIn(chatId)).toHaveLength(6);
});
