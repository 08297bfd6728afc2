import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '../settings.ts';
import { connectionKeys as keys } from './keys.ts';
import { db } from './table.ts';

const table = settings.connectionsTable();

/** Who opens a socket with a ticket. */
export interface TicketHolder {
  userId: string;
  sessionId: string;
}

/** `expiresAt` in seconds since the epoch; only a hash of the ticket is stored. */
export async function storeTicket(hash: string, { userId, sessionId }: TicketHolder, expiresAt: number): Promise<void> {
  await db.send(new PutCommand({ TableName: table, Item: { ...keys.ticket(hash), userId, sessionId, expiresAt } }));
}

/** Gives the holder once, and the ticket is gone. */
export async function takeTicket(hash: string): Promise<TicketHolder | undefined> {
  try {
    const taken = await db.send(
      new DeleteCommand({
        TableName: table,
        Key: keys.ticket(hash),
        ConditionExpression: 'expiresAt > :now',
        ExpressionAttributeValues: { ':now': Math.floor(Date.now() / 1000) },
        ReturnValues: 'ALL_OLD',
      }),
    );
    return taken.Attributes as TicketHolder;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
