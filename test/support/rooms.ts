import { randomUUID } from 'node:crypto';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { db } from '#shared/data/client.ts';
import type { Connection } from '#shared/data/connections/connections.ts';
import { connectionKeys } from '#shared/data/keys.ts';

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
