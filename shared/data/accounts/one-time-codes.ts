import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from '../client.ts';
import { keys } from '../keys.ts';
import { nowInSeconds, updateOnce } from '../write.ts';

const table = settings.chatTable();
/** Strangers have so many tries, and the networks that the account's user knows have as many again, which strangers can't use up. */
const maxTries = 5;

/** Stores a code's digest for a phone, in place of any earlier code. `expiresAt` is in seconds since the epoch. */
export async function storeOneTimeCode(phone: string, digest: string, expiresAt: number): Promise<void> {
  const Item = { ...keys.oneTimeCode(phone), digest, triesLeft: maxTries, ownTriesLeft: maxTries, expiresAt };
  await db.send(new PutCommand({ TableName: table, Item }));
}

/** Uses up one try and returns the digest; undefined if there is no code or no try left. */
export async function tryOneTimeCode(phone: string, knownNetwork: boolean): Promise<string | undefined> {
  const tries = knownNetwork ? 'ownTriesLeft' : 'triesLeft';
  const { refused, item } = await updateOnce({
    TableName: table,
    Key: keys.oneTimeCode(phone),
    UpdateExpression: `SET ${tries} = ${tries} - :one`,
    ConditionExpression: `${tries} > :none AND expiresAt > :now`,
    ExpressionAttributeValues: { ':one': 1, ':none': 0, ':now': nowInSeconds() },
    ReturnValues: 'ALL_NEW',
  });
  return refused ? undefined : item?.digest;
}

/** Uses the code up, unless another request was faster or a newer code has replaced it. */
export async function consumeOneTimeCode(phone: string, digest: string): Promise<'used or replaced' | undefined> {
  const { refused } = await updateOnce({
    TableName: table,
    Key: keys.oneTimeCode(phone),
    UpdateExpression: 'REMOVE digest, triesLeft, ownTriesLeft SET usedAt = :at',
    ConditionExpression: 'digest = :digest',
    ExpressionAttributeValues: { ':digest': digest, ':at': nowInSeconds() },
  });
  return refused ? 'used or replaced' : undefined;
}
