import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, type NativeAttributeValue, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { log } from '#shared/platform/log.ts';
import { isThrottled, Problem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';
import { db } from './client.ts';
import { type Key, keys } from './keys.ts';

const table = settings.chatTable();

/** At most `allow` uses in a window of `within` seconds, which begins with the first use. */
export interface Allowance {
  allow: number;
  within: number;
}

type Item = Record<string, NativeAttributeValue>;

/**
 * The mechanism behind every limit: a counter for a window of time, on an item that may hold other data too. The first
 * use in a window costs one conditional update, each further use two. Returns the updated item. With `expires` an item
 * that is missing is created; without, the result is undefined. Throws `too_many_requests`.
 */
export async function spend(
  tableName: string,
  key: Key,
  { allow, within }: Allowance,
  { expires = false, now = Date.now() } = {},
): Promise<Item | undefined> {
  const end = now + within * 1000;
  if (allow <= 0) throw new Problem('too_many_requests', { retryAfter: within });
  const exists = expires ? '' : 'attribute_exists(pk) AND ';
  const opened = await update(tableName, key, {
    UpdateExpression: `SET windowEnd = :end, used = :one${expires ? ', expiresAt = :expiresAt' : ''}`,
    ConditionExpression: `${exists}(attribute_not_exists(windowEnd) OR windowEnd <= :now)`,
    ExpressionAttributeValues: {
      ':end': end,
      ':now': now,
      ':one': 1,
      ...(expires && { ':expiresAt': Math.ceil(end / 1000) }),
    },
  });
  if (!opened.open) return opened.item;
  const { used, windowEnd } = opened.open;
  const over = new Problem('too_many_requests', { retryAfter: Math.max(1, Math.ceil((windowEnd - now) / 1000)) });
  if (used >= allow) throw over;
  const counted = await update(tableName, key, {
    UpdateExpression: 'SET used = used + :one',
    ConditionExpression: 'attribute_exists(pk) AND used < :allow',
    ExpressionAttributeValues: { ':allow': allow, ':one': 1 },
  });
  if (counted.open) throw over;
  return counted.item;
}

type Change = Pick<UpdateCommandInput, 'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeValues'>;

/** Returns the updated item, or the open window if the condition failed, or neither if there is no item. */
async function update(
  TableName: string,
  Key: Key,
  change: Change,
): Promise<{ item?: Item | undefined; open?: { used: number; windowEnd: number } }> {
  try {
    const updated = await db.send(
      new UpdateCommand({
        TableName,
        Key,
        ...change,
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return { item: updated.Attributes };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const { used, windowEnd } = error.Item ?? {};
    return error.Item ? { open: { used: Number(used?.N), windowEnd: Number(windowEnd?.N) } } : {};
  }
}

/**
 * Counts one `what` by `who`, on an item of its own. Throws `too_many_requests`.
 * A limit must not take the service down: when DynamoDB throttles, the request passes and the log says so.
 */
export async function count(what: string, who: string, allowance: Allowance): Promise<void> {
  try {
    await spend(table, keys.limit(what, who), allowance, { expires: true });
  } catch (error) {
    if (!isThrottled(error)) throw error;
    log.warn('limit not counted', { limit: what, error });
  }
}

/** Undoes one count. Never throws, because the request has already been handled. */
export async function uncount(what: string, who: string): Promise<void> {
  try {
    await update(table, keys.limit(what, who), {
      UpdateExpression: 'SET used = used - :one',
      ConditionExpression: 'used > :none AND windowEnd > :now',
      ExpressionAttributeValues: { ':one': 1, ':none': 0, ':now': Date.now() },
    });
  } catch (error) {
    log.warn('limit not taken back', { limit: what, error });
  }
}

/** How much of `what` is used in the open window, and when the window ends (milliseconds since the epoch). */
export async function usage(what: string, who: string): Promise<{ used: number; windowEnd: number }> {
  const found = await db.send(new GetCommand({ TableName: table, Key: keys.limit(what, who), ConsistentRead: true }));
  const { used = 0, windowEnd = 0 } = found.Item ?? {};
  return windowEnd > Date.now() ? { used, windowEnd } : { used: 0, windowEnd: 0 };
}

/** Adds an amount that is known only after its use, so it is never refused. */
export async function charge(what: string, who: string, amount: number, within: number): Promise<void> {
  const key = keys.limit(what, who);
  const now = Date.now();
  const end = now + within * 1000;
  const opened = await update(table, key, {
    UpdateExpression: 'SET windowEnd = :end, used = :amount, expiresAt = :expiresAt',
    ConditionExpression: 'attribute_not_exists(windowEnd) OR windowEnd <= :now',
    ExpressionAttributeValues: { ':end': end, ':now': now, ':amount': amount, ':expiresAt': Math.ceil(end / 1000) },
  });
  if (!opened.open) return;
  await update(table, key, {
    UpdateExpression: 'SET used = used + :amount',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':amount': amount },
  });
}
