import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, expect, test, vi } from 'vitest';
import { db } from '#shared/data/client.ts';
import { keys } from '#shared/data/keys.ts';
import { count, spend, uncount } from '#shared/data/limits.ts';

const table = process.env.CHAT_TABLE as string;
const allowance = { allow: 3, within: 10 };

async function counter() {
  const key = keys.user(randomUUID());
  await db.send(new PutCommand({ TableName: table, Item: { ...key, kept: 'yes' } }));
  return key;
}

test('gives the item it is kept on', async () => {
  expect(await spend(table, await counter(), allowance)).toMatchObject({ kept: 'yes' });
});

test('gives nothing for an item that is not there, and makes none', async () => {
  const key = keys.user(randomUUID());
  expect(await spend(table, key, allowance)).toBeUndefined();
  expect(await spend(table, key, allowance)).toBeUndefined();
});

test('lets so many pass within the time, says how long to wait, and begins anew after it', async () => {
  const key = await counter();
  const at = (now: number) =>
    spend(table, key, allowance, { now }).then(
      () => 'spent',
      (problem: { code: string; details: { retryAfter: number } }) =>
        `${problem.code}, ${problem.details.retryAfter} s`,
    );
  expect([await at(1000), await at(1001), await at(5000)]).toEqual(['spent', 'spent', 'spent']);
  expect(await at(5001)).toBe('too_many_requests, 6 s');
  expect(await at(10_999)).toBe('too_many_requests, 1 s');
  expect([await at(11_000), await at(11_001), await at(11_002)]).toEqual(['spent', 'spent', 'spent']);
  expect(await at(11_003)).toBe('too_many_requests, 10 s');
});

test('lets no more pass when all come at once', async () => {
  const key = await counter();
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => spend(table, key, allowance)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
});

test('what is taken back may be spent again, and no more than that', async () => {
  const who = randomUUID();
  const spendAll = () =>
    Promise.allSettled(Array.from({ length: 5 }, () => count('test', who, allowance))).then(
      (results) => results.filter(({ status }) => status === 'fulfilled').length,
    );
  expect(await spendAll()).toBe(3);
  await uncount('test', who);
  expect(await spendAll()).toBe(1);
  for (let n = 0; n < 5; n++) await uncount('test', who);
  expect(await spendAll()).toBe(3);
});

afterEach(() => void db.middlewareStack.remove('fault'));

test('is open when DynamoDB throttles, and says so in the log', async () => {
  const log = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
  db.middlewareStack.add(() => () => Promise.reject(throttled), { step: 'initialize', name: 'fault' });
  await count('test', 'x', allowance);
  const lines = log.mock.calls.map(([line]) => String(line));
  log.mockRestore();
  expect(lines.join('')).toContain('"message":"limit not counted","limit":"test"');
});

test('taking back fails nothing that was done', async () => {
  const log = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  db.middlewareStack.add(() => () => Promise.reject(new Error('broken')), { step: 'initialize', name: 'fault' });
  await uncount('test', 'x');
  const lines = log.mock.calls.map(([line]) => String(line));
  log.mockRestore();
  expect(lines.join('')).toContain('"message":"limit not taken back","limit":"test"');
});

test('is closed when DynamoDB fails otherwise', async () => {
  db.middlewareStack.add(() => () => Promise.reject(new Error('broken')), { step: 'initialize', name: 'fault' });
  await expect(count('test', 'x', allowance)).rejects.toThrow('broken');
});
