import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from './client.ts';
import { keys } from './keys.ts';
import { sessionCheck } from './sessions.ts';
import { writeTogether } from './table.ts';

const table = settings.chatTable();

/** A user's Google account; the tokens are encrypted. */
export interface GoogleLink {
  sealedTokens: string;
}

/** False, with nothing stored, if the session that asked for it has ended: Google may take its time. */
export async function storeGoogleLink(userId: string, sessionId: string, sealedTokens: string): Promise<boolean> {
  const refused = await writeTogether([
    sessionCheck(userId, sessionId),
    { Put: { TableName: table, Item: { ...keys.googleLink(userId), sealedTokens } } },
  ]);
  return refused === undefined;
}

/** Replaces the tokens of a link, unless it was ended or replaced meanwhile. */
export async function renewGoogleLink(userId: string, was: GoogleLink, sealedTokens: string): Promise<void> {
  try {
    await db.send(
      new PutCommand({
        TableName: table,
        Item: { ...keys.googleLink(userId), sealedTokens },
        ConditionExpression: 'sealedTokens = :was',
        ExpressionAttributeValues: { ':was': was.sealedTokens },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
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
