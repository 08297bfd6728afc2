import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type NativeAttributeValue, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { Problem } from '../problem.ts';
import type { Key } from './keys.ts';
import { db } from './table.ts';

export interface Rate {
  /** One is earned back in this time, milliseconds. */
  interval: number;
  /** So many may be spent at once. */
  burst: number;
}

type Item = Record<string, NativeAttributeValue>;

/**
 * Takes one from the allowance that is kept on an item, and gives the item; undefined when there is no such item.
 * Throws `too_many_requests`. The algorithm is GCRA: the item's `paidUntil` (milliseconds) says until when the past
 * spending is paid for. Whoever spends slower than the rate costs one update, a burst costs a second one.
 */
export async function spend(table: string, key: Key, rate: Rate, now = Date.now()): Promise<Item | undefined> {
  const latest = now + rate.interval * (rate.burst - 1);
  const rested = await update(table, key, {
    UpdateExpression: 'SET paidUntil = :next',
    ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(paidUntil) OR paidUntil <= :now)',
    ExpressionAttributeValues: { ':now': now, ':next': now + rate.interval },
  });
  if (rested.refusedAt === undefined) return rested.item;
  if (rested.refusedAt > latest) throw overdrawn(rested.refusedAt - latest);
  const hurried = await update(table, key, {
    UpdateExpression: 'SET paidUntil = paidUntil + :interval',
    ConditionExpression: 'attribute_exists(pk) AND paidUntil <= :latest',
    ExpressionAttributeValues: { ':interval': rate.interval, ':latest': latest },
  });
  if (hurried.refusedAt === undefined) return hurried.item;
  throw overdrawn(rate.interval);
}

type Change = Pick<UpdateCommandInput, 'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeValues'>;

/** The item as it is now, none if there is none; or, when the condition was against it, what its `paidUntil` is. */
async function update(
  table: string,
  key: Key,
  change: Change,
): Promise<{ item?: Item | undefined; refusedAt?: number }> {
  try {
    const updated = await db.send(
      new UpdateCommand({
        TableName: table,
        Key: key,
        ...change,
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return { item: updated.Attributes };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return error.Item ? { refusedAt: Number(error.Item.paidUntil?.N) } : {};
  }
}

const overdrawn = (milliseconds: number) =>
  new Problem('too_many_requests', { retryAfter: Math.max(1, Math.ceil(milliseconds / 1000)) });
