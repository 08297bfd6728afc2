import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { log } from '#shared/platform/log.ts';
import { isThrottled } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';
import { type Key, keys } from './keys.ts';
import { getItem, type Item } from './table.ts';
import { updateOnce } from './write.ts';

/** Every limit is a counter of uses in a window of time that begins with the first use. */

const table = settings.chatTable();

/** At most `allow` uses in a window of `within` seconds. */
export interface Allowance {
  allow: number;
  within: number;
  /** The counter's name, for the second and further ones on the same item. */
  counter?: string;
}

/** The counter, which may be on an item that holds other data too. */
export interface UseWindow {
  used: number;
  /** Milliseconds since the epoch. */
  windowEnd: number;
}

/** A use that was not counted, because the allowance is used up for `retryAfter` seconds. */
export interface UsedUp {
  outcome: 'used up';
  retryAfter: number;
}

type Counted = { outcome: 'counted'; item: Item } | { outcome: 'no item' } | UsedUp;

/**
 * Counts one use on an item, or as many as `amount`. The first use in a window costs one conditional update, each further
 * use two. With `create` a missing item is created and expires with its window.
 */
export async function countUseOn(
  tableName: string,
  key: Key,
  { allow, within, counter }: Allowance,
  { create = false, now = Date.now(), amount = 1 } = {},
): Promise<Counted> {
  const end = now + within * 1000;
  if (amount > allow) return { outcome: 'used up', retryAfter: within };
  const [used, windowEnd] = attributesOf(counter);
  const opened = await update(tableName, key, {
    UpdateExpression: `SET ${windowEnd} = :end, ${used} = :amount${create ? ', expiresAt = :expiresAt' : ''}`,
    ConditionExpression: `${create ? '' : 'attribute_exists(pk) AND '}${noOpen(windowEnd)}`,
    ExpressionAttributeValues: { ':end': end, ':now': now, ':amount': amount, ...(create && expiry(end)) },
  });
  if (!opened.refused) return { outcome: 'counted', item: opened.item as Item };
  if (!opened.item) return { outcome: 'no item' };
  // At most the window's length: another request may have opened the window after this one took the time.
  const wait = Math.min(within, Math.ceil((opened.item[windowEnd] - now) / 1000));
  const usedUp: UsedUp = { outcome: 'used up', retryAfter: Math.max(1, wait) };
  if (opened.item[used] > allow - amount) return usedUp;
  const counted = await update(tableName, key, {
    UpdateExpression: `SET ${used} = ${used} + :amount`,
    ConditionExpression: `attribute_exists(pk) AND ${used} <= :before`,
    ExpressionAttributeValues: { ':before': allow - amount, ':amount': amount },
  });
  if (!counted.refused) return { outcome: 'counted', item: counted.item as Item };
  return counted.item ? usedUp : { outcome: 'no item' };
}

const attributesOf = (counter?: string): [used: string, windowEnd: string] =>
  counter === undefined ? ['used', 'windowEnd'] : [`${counter}Used`, `${counter}WindowEnd`];

const noOpen = (windowEnd: string) => `(attribute_not_exists(${windowEnd}) OR ${windowEnd} <= :now)`;
const expiry = (end: number) => ({ ':expiresAt': Math.ceil(end / 1000) });

type Change = Pick<UpdateCommandInput, 'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeValues'>;

const update = (TableName: string, Key: Key, change: Change) =>
  updateOnce({ TableName, Key, ...change, ReturnValues: 'ALL_NEW' });

/**
 * Counts one `what` by `who`, or as many as `amount`, on an item of its own. A limit must not take the service down: when DynamoDB throttles,
 * the use passes and the log says so.
 */
export async function countUse(
  what: string,
  who: string,
  allowance: Allowance,
  amount = 1,
): Promise<UsedUp | undefined> {
  try {
    const counted = await countUseOn(table, keys.limit(what, who), allowance, { create: true, amount });
    return counted.outcome === 'used up' ? counted : undefined;
  } catch (error) {
    if (!isThrottled(error)) throw error;
    log.warn('limit not counted', { limit: what, error });
    return undefined;
  }
}

/** Takes one count back. Never throws, because the request has already been handled. */
export async function uncountUse(what: string, who: string): Promise<void> {
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

/** An amount that is counted before it is used. */
export interface Reservation {
  what: string;
  who: string;
  amount: number;
  /** The end of the window that it is counted in, milliseconds since the epoch. */
  windowEnd: number;
}

/**
 * Counts an amount before its use, so that many at once cannot exceed the allowance. Unlike `countUse` it throws when
 * DynamoDB throttles, because what it limits costs money.
 */
export async function reserveUse(
  what: string,
  who: string,
  amount: number,
  allowance: Allowance,
): Promise<Reservation | UsedUp> {
  const counted = await countUseOn(table, keys.limit(what, who), allowance, { create: true, amount });
  if (counted.outcome === 'used up') return counted;
  if (counted.outcome === 'no item') throw new Error('A limit expired while it was counted.');
  return { what, who, amount, windowEnd: (counted.item as UseWindow).windowEnd };
}

/**
 * Replaces a reserved amount by the one that was used. Never throws, because the use is over: a reservation that can't be
 * settled stays counted until its window ends.
 */
export async function settleUse({ what, who, amount, windowEnd }: Reservation, used: number): Promise<void> {
  try {
    await update(table, keys.limit(what, who), {
      UpdateExpression: 'SET used = used + :more',
      ConditionExpression: 'windowEnd = :end',
      ExpressionAttributeValues: { ':more': used - amount, ':end': windowEnd },
    });
  } catch (error) {
    log.warn('limit not settled', { limit: what, error });
  }
}

/** How much of `what` is used in the open window; none if no window is open. */
export const getUse = async (what: string, who: string): Promise<UseWindow> =>
  windowIn(await getItem<UseWindow>(table, keys.limit(what, who)));

/** The open window of a limit's item that was read; an empty one if no window is open. */
export function windowIn({ used = 0, windowEnd = 0 }: Partial<UseWindow> = {}): UseWindow {
  return windowEnd > Date.now() ? { used, windowEnd } : { used: 0, windowEnd: 0 };
}

/** Adds an amount that is known only after its use, so it is never refused. `within` is the window's length in seconds. Never throws. */
export async function addUse(what: string, who: string, amount: number, within: number): Promise<void> {
  const key = keys.limit(what, who);
  const now = Date.now();
  const end = now + within * 1000;
  const add = () =>
    update(table, key, {
      UpdateExpression: 'SET used = used + :amount',
      ConditionExpression: 'windowEnd > :now',
      ExpressionAttributeValues: { ':amount': amount, ':now': now },
    });
  try {
    if (!(await add()).refused) return;
    const opened = await update(table, key, {
      UpdateExpression: 'SET windowEnd = :end, used = :amount, expiresAt = :expiresAt',
      ConditionExpression: noOpen('windowEnd'),
      ExpressionAttributeValues: { ':end': end, ':now': now, ':amount': amount, ...expiry(end) },
    });
    if (opened.refused) await add();
  } catch (error) {
    log.warn('use not counted', { limit: what, error });
  }
}
