import { randomUUID } from 'node:crypto';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { db } from '#shared/data/client.ts';
import type { Connection } from '#shared/data/connections/connections.ts';
import { type Inbox, inboxAdd } from '#shared/data/connections/sockets.ts';
import { connectionKeys, keys } from '#shared/data/keys.ts';
import { put, putAll } from './growth.ts';

/** Fills a chat with connections that were opened a minute ago, without the functions that open them. */
export async function fillRoom(
  chatId: string,
  count: number,
  { shard = 0, ...more }: { shard?: number; events?: boolean } = {},
): Promise<Connection[]> {
  const connections = Array.from({ length: count }, () => ({
    connectionId: `${randomUUID()}=`,
    chatId,
    shard,
    userId: 'u',
    connectedAt: Date.now() - 60_000,
    ...more,
  }));
  const expiresAt = Math.floor(Date.now() / 1000) + 600;
  const puts = connections.map(({ connectionId, userId, connectedAt }) => ({
    PutRequest: {
      Item: { ...connectionKeys.inChat(chatId, shard, connectionId), userId, connectedAt, expiresAt, ...more },
    },
  }));
  const table = process.env.CONNECTIONS_TABLE as string;
  for (let n = 0; n < puts.length; n += 25)
    await db.send(new BatchWriteCommand({ RequestItems: { [table]: puts.slice(n, n + 25) } }));
  return connections;
}

/** Gives each of these users an inbox that was opened a minute ago. */
export async function inboxesOf(userIds: string[]): Promise<Inbox[]> {
  const inboxes = userIds.map((userId) => ({
    connectionId: `${randomUUID()}=`,
    userId,
    sessionId: 's',
    connectedAt: Date.now() - 60_000,
    events: true as const,
  }));
  await putAll(inboxes.map(inboxAdd));
  return inboxes;
}

/** Makes a chat of so many participants, each with an inbox. */
export async function fillInboxes(chatId: string, count: number): Promise<Inbox[]> {
  const inboxes = await inboxesOf(Array.from({ length: count }, () => randomUUID()));
  const participantIds = new Set(inboxes.map(({ userId }) => userId));
  await putAll([put({ ...keys.roster(chatId), participantIds })]);
  return inboxes;
}
