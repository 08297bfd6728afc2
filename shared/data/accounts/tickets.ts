import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from '../client.ts';
import { connectionKeys as keys } from '../keys.ts';
import { deleteIf, nowInSeconds } from '../write.ts';

const table = settings.connectionsTable();

/** The user and session that a ticket stands for. */
export interface TicketHolder {
  userId: string;
  sessionId: string;
}

/** Stores only a hash of the ticket. `expiresAt` is in seconds since the epoch. */
export async function storeTicket(hash: string, { userId, sessionId }: TicketHolder, expiresAt: number): Promise<void> {
  await db.send(new PutCommand({ TableName: table, Item: { ...keys.ticket(hash), userId, sessionId, expiresAt } }));
}

/** Deletes the ticket and returns its holder; undefined if it is unknown, used or expired. */
export async function takeTicket(hash: string): Promise<TicketHolder | undefined> {
  const { refused, item } = await deleteIf({
    TableName: table,
    Key: keys.ticket(hash),
    ConditionExpression: 'expiresAt > :now',
    ExpressionAttributeValues: { ':now': nowInSeconds() },
    ReturnValues: 'ALL_OLD',
  });
  return refused ? undefined : (item as TicketHolder);
}
