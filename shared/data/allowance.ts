import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type NativeAttributeValue, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Problem } from '../problem.ts';
import type { Key } from './keys.ts';
import { db } from './table.ts';

export interface Rate {
  /** One is earned back in this time, milliseconds. */
  interval: number;
  /** So many may be spent at once. */
  burst: number;
}

/**
 * Takes one from the allowance that is kept on an item, and gives the item; undefined when there is no such item.
 * Throws `too_many_requests`. The algorithm is GCRA: the item's `paidUntil` (milliseconds) says until when the past
 * spending is paid for. Whoever spends slower than the rate costs one update, a burst costs a second one.
 */
export async function spend(
  table: string,
  key: Key,
  rate: Rate,
  now = Date.now(),
): Promise<Record<string, NativeAttributeValue> | undefined> {
  const latest = now + rate.interval * (rate.burst - 1);
  try {
    const paid = await db.send(
      new UpdateCommand({
        TableName: table,
        Key: key,
        UpdateExpression: 'SET paidUntil = :next',
        ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(paidUntil) OR paidUntil <= :now)',
        ExpressionAttributeValues: { ':now': now, ':next': now + rate.interval },
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return paid.Attributes;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    if (!error.Item) return undefined;
    const paidUntil = Number(error.Item.paidUntil?.N);
    if (paidUntil > latest) throw overdrawn(paidUntil - latest);
  }
  return spendOfBurst(table, key, rate, latest);
}

async function spendOfBurst(table: string, key: Key, rate: Rate, latest: number) {
  try {
    const paid = await db.send(
      new UpdateCommand({
        TableName: table,
        Key: key,
        UpdateExpression: 'SET paidUntil = paidUntil + :interval',
        ConditionExpression: 'attribute_exists(pk) AND paidUntil <= :latest',
        ExpressionAttributeValues: { ':interval': rate.interval, ':latest': latest },
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return paid.Attributes;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    if (!error.Item) return undefined;
    throw overdrawn(rate.interval);
  }
}

const overdrawn = (milliseconds: number) =>
  new Problem('too_many_requests', { retryAfter: Math.max(1, Math.ceil(milliseconds / 1000)) });
