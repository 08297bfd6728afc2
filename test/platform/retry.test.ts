import { afterEach, beforeEach, expect, test, vi } from 'vitest';

let waits: number[];
vi.mock('node:timers/promises', () => ({ setTimeout: async (ms: number) => void waits.push(ms) }));
// The set-up of the tests has imported it with the real timers.
vi.resetModules();
const { retry } = await import('#shared/platform/retry.ts');

beforeEach(() => {
  waits = [];
  // The longest wait that is possible.
  vi.spyOn(Math, 'random').mockReturnValue(1);
});
afterEach(() => void vi.restoreAllMocks());

/** Fails so many times, then returns the number of the attempt. */
const failing = (times: number) => async (attempt: number) => {
  if (attempt <= times) throw new Error(`failure ${attempt}`);
  return attempt;
};

test('returns the first success', async () => {
  expect(await retry({ attempts: 3, baseMs: 10 }, failing(0))).toBe(1);
  expect(await retry({ attempts: 3, baseMs: 10 }, failing(2))).toBe(3);
});

test('throws the last error when no attempt is left, without another wait', async () => {
  await expect(retry({ attempts: 3, baseMs: 10 }, failing(9))).rejects.toThrow('failure 3');
  expect(waits).toEqual([10, 20]);
});

test('waits twice as long each time, up to a maximum', async () => {
  await retry({ attempts: 9, baseMs: 10, maxMs: 50 }, failing(5));
  expect(waits).toEqual([10, 20, 40, 50, 50]);
});

test('waits a random part of that', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.25);
  await retry({ attempts: 3, baseMs: 100 }, failing(2));
  expect(waits).toEqual([25, 50]);
});

test('does not repeat what another attempt cannot help', async () => {
  const shouldRetry = (error: unknown) => (error as Error).message !== 'failure 2';
  await expect(retry({ attempts: 9, baseMs: 10, shouldRetry }, failing(9))).rejects.toThrow('failure 2');
});

test('begins no attempt at the deadline or later', async () => {
  vi.spyOn(Date, 'now').mockReturnValue(1000);
  await expect(retry({ attempts: 9, baseMs: 10, deadline: 1040 }, failing(9))).rejects.toThrow('failure 3');
  expect(waits).toEqual([10, 20]);
});
