import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from './client.ts';
import { keys } from './keys.ts';

const table = settings.chatTable();
const tries = 5;

/** Stores a code's digest for a phone, in place of any earlier code. */
export async function storeCode(phone: string, digest: string, expiresAt: number): Promise<void> {
  await db.send(
    new PutCommand({ TableName: table, Item: { ...keys.code(phone), digest, triesLeft: tries, expiresAt } }),
  );
}

const refused = (error: unknown): undefined => {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
};

/** Uses up one try and returns the digest; undefined if there is no code or no try left. */
export async function tryCode(phone: string): Promise<string | undefined> {
  const tried = await db
    .send(
      new UpdateCommand({
        TableName: table,
        Key: keys.code(phone),
        UpdateExpression: 'SET triesLeft = triesLeft - :one',
        ConditionExpression: 'triesLeft > :none AND expiresAt > :now',
        ExpressionAttributeValues: { ':one': 1, ':none': 0, ':now': Math.floor(Date.now() / 1000) },
        ReturnValues: 'ALL_NEW',
      }),
    )
    .catch(refused);
  return tried?.Attributes?.digest;
}

/** Deletes the code. False if another request was faster, or a newer code has replaced it. */
export async function consumeCode(phone: string, digest: string): Promise<boolean> {
  const consumed = await db
    .send(
      new DeleteCommand({
        TableName: table,
        Key: keys.code(phone),
        ConditionExpression: 'digest = :digest',
        ExpressionAttributeValues: { ':digest': digest },
      }),
    )
    .catch(refused);
  return consumed !== undefined;
}
