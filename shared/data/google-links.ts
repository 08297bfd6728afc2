import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '../settings.ts';
import { keys } from './keys.ts';
import { db } from './table.ts';

const table = settings.chatTable();

/** A user's Google account; the tokens are encrypted. */
export interface GoogleLink {
  sealedTokens: string;
}

export async function storeGoogleLink(userId: string, sealedTokens: string): Promise<void> {
  await db.send(new PutCommand({ TableName: table, Item: { ...keys.googleLink(userId), sealedTokens } }));
}

export async function getGoogleLink(userId: string): Promise<GoogleLink | undefined> {
  const found = await db.send(new GetCommand({ TableName: table, Key: keys.googleLink(userId), ConsistentRead: true }));
  return found.Item as GoogleLink | undefined;
}

/** Returns the deleted link. */
export async function deleteGoogleLink(userId: string): Promise<GoogleLink | undefined> {
  const deleted = await db.send(
    new DeleteCommand({ TableName: table, Key: keys.googleLink(userId), ReturnValues: 'ALL_OLD' }),
  );
  return deleted.Attributes as GoogleLink | undefined;
}
