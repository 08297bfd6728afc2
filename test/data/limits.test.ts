import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, expect, test, vi } from 'vitest';
import { db } from '#shared/data/client.ts';
import { keys } from '#shared/data/keys.ts';
import { countUse, countUseOn, type Reservation, reserveUse, settleUse, uncountUse } from '#shared/data/limits.ts';
import { throttleNext } from '../support/intercept-next.ts';
import { linesOf } from '../support/log-lines.ts';

const table = process.env.CHAT_TABLE as string;
const allowance = { allow: 3, within: 10 };

async function itemToCountOn() {
  const key = keys.user(randomUUID());
  await db.send(new PutCommand({ TableName: table, Item: { ...key, kept: 'yes' } }));
  return key;
}

test('returns the item that it counts on', async () => {
  const counted = await countUseOn(table, await itemToCountOn(), allowance);
  expect(counted).toMatchObject({ outcome: 'counted', item: { kept: 'yes' } });
});

test('does not create a missing item', async () => {
  const key = keys.user(randomUUID());
  expect(await countUseOn(table, key, allowance)).toEqual({ outcome: 'no item' });
  expect(await countUseOn(table, key, allowance)).toEqual({ outcome: 'no item' });
});

test('counts up to the allowance in a window, says how long to wait, and starts again after the window', async () => {
  const key = await itemToCountOn();
  const at = async (now: number) => {
    const result = await countUseOn(table, key, allowance, { now });
    return result.outcome === 'used up' ? `used up for ${result.retryAfter} s` : result.outcome;
  };
  expect([await at(1000), await at(1001), await at(5000)]).toEqual(['counted', 'counted', 'counted']);
  expect(await at(5001)).toBe('used up for 6 s');
  expect(await at(10_999)).toBe('used up for 1 s');
  expect([await at(11_000), await at(11_001), await at(11_002)]).toEqual(['counted', 'counted', 'counted']);
  expect(await at(11_003)).toBe('used up for 10 s');
});

test('asks for no longer wait than a window, even if another use opened the window later', async () => {
  const key = await itemToCountOn();
  await countUseOn(table, key, { allow: 1, within: 10 }, { now: 2000 });
  const late = await countUseOn(table, key, { allow: 1, within: 10 }, { now: 1000 });
  expect(late).toEqual({ outcome: 'used up', retryAfter: 10 });
});

test('counts no more than the allowance when all uses come at once', async () => {
  const key = await itemToCountOn();
  const results = await Promise.all(Array.from({ length: 20 }, () => countUseOn(table, key, allowance)));
  expect(results.filter(({ outcome }) => outcome === 'counted')).toHaveLength(3);
});

test('a use that is taken back can be used again, but only once', async () => {
  const who = randomUUID();
  const countAll = async () => {
    const results = await Promise.all(Array.from({ length: 5 }, () => countUse('test', who, allowance)));
    return results.filter((result) => result === undefined).length;
  };
  expect(await countAll()).toBe(3);
  await uncountUse('test', who);
  expect(await countAll()).toBe(1);
  for (let n = 0; n < 5; n++) await uncountUse('test', who);
  expect(await countAll()).toBe(3);
});

test('counts amounts up to the allowance, and refuses one that is larger from the start', async () => {
  const who = randomUUID();
  const reserve = async (amount: number) => 'windowEnd' in (await reserveUse('test', who, amount, allowance));
  expect(await reserve(4)).toBe(false);
  expect([await reserve(2), await reserve(2), await reserve(1), await reserve(1)]).toEqual([true, false, true, false]);
});

afterEach(() => void db.middlewareStack.remove('fault'));

test('keeps a reservation that cannot be settled, and logs it', async () => {
  const who = randomUUID();
  const reservation = (await reserveUse('test', who, 3, allowance)) as Reservation;
  const lines = await linesOf(async () => {
    db.middlewareStack.add(() => () => Promise.reject(new Error('broken')), { step: 'initialize', name: 'fault' });
    await settleUse(reservation, 0);
  });
  expect(JSON.stringify(lines)).toContain('limit not settled');
  db.middlewareStack.remove('fault');
  expect(await countUse('test', who, allowance)).toMatchObject({ outcome: 'used up' });
});

test('reserves nothing when DynamoDB throttles', async () => {
  throttleNext('UpdateItem');
  await expect(reserveUse('test', randomUUID(), 1, allowance)).rejects.toThrow('slow down');
});

test('allows a use when DynamoDB throttles, and logs it', async () => {
  const log = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
  db.middlewareStack.add(() => () => Promise.reject(throttled), { step: 'initialize', name: 'fault' });
  expect(await countUse('test', 'x', allowance)).toBeUndefined();
  const lines = log.mock.calls.map(([line]) => String(line));
  log.mockRestore();
  expect(lines.join('')).toContain('"message":"limit not counted","limit":"test"');
});

test('does not throw when a use cannot be taken back', async () => {
  const log = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  db.middlewareStack.add(() => () => Promise.reject(new Error('broken')), { step: 'initialize', name: 'fault' });
  await uncountUse('test', 'x');
  const lines = log.mock.calls.map(([line]) => String(line));
  log.mockRestore();
  expect(lines.join('')).toContain('"message":"limit not taken back","limit":"test"');
});

test('throws when DynamoDB fails for another reason', async () => {
  db.middlewareStack.add(() => () => Promise.reject(new Error('broken')), { step: 'initialize', name: 'fault' });
  await expect(countUse('test', 'x', allowance)).rejects.toThrow('broken');
});
