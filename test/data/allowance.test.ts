import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { spend } from '../../shared/data/allowance.ts';
import { keys } from '../../shared/data/keys.ts';
import { db } from '../../shared/data/table.ts';

const table = process.env.CHAT_TABLE as string;
const rate = { interval: 1000, burst: 3 };

async function purse() {
  const key = keys.user(randomUUID());
  await db.send(new PutCommand({ TableName: table, Item: { ...key, kept: 'yes' } }));
  return key;
}

test('gives the item it is kept on', async () => {
  expect(await spend(table, await purse(), rate)).toMatchObject({ kept: 'yes' });
});

test('gives nothing for an item that is not there, and makes none', async () => {
  const key = keys.user(randomUUID());
  expect(await spend(table, key, rate)).toBeUndefined();
  expect(await spend(table, key, rate)).toBeUndefined();
});

test('lets a burst pass, then one for each interval', async () => {
  const key = await purse();
  const at = (time: number) =>
    spend(table, key, rate, time).then(
      () => 'spent',
      (problem: { code: string; details: { retryAfter: number } }) =>
        `${problem.code}, ${problem.details.retryAfter} s`,
    );
  expect([await at(0), await at(1), await at(2)]).toEqual(['spent', 'spent', 'spent']);
  expect(await at(3)).toBe('too_many_requests, 1 s');
  expect(await at(1000)).toBe('spent');
  expect(await at(1001)).toBe('too_many_requests, 1 s');
  // After a long rest the whole burst is there again, and no more than that.
  expect([await at(90_000), await at(90_001), await at(90_002)]).toEqual(['spent', 'spent', 'spent']);
  expect(await at(90_003)).toBe('too_many_requests, 1 s');
});

test('lets no more pass when all come at once', async () => {
  const key = await purse();
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => spend(table, key, rate, 5000)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
});
