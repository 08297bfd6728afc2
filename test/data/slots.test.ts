import { randomUUID } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { db } from '#shared/data/client.ts';
import { freeSlot, type Slot, takeSlot } from '#shared/data/slots.ts';
import { linesOf } from '../support/log-lines.ts';

const take = (who: string) => takeSlot('test', who, 2, 10);

afterEach(() => {
  vi.useRealTimers();
  db.middlewareStack.remove('fault');
});

test('are taken by no more than there are, even when all come at once', async () => {
  const who = randomUUID();
  const taken = await Promise.all(Array.from({ length: 10 }, () => take(who)));
  expect(taken.filter((slot) => slot !== undefined)).toHaveLength(2);
  expect(await take(randomUUID())).toBeDefined();
});

test('can be taken again when they are freed or have expired', async () => {
  const who = randomUUID();
  const [first] = [await take(who), await take(who)];
  expect(await take(who)).toBeUndefined();
  await freeSlot(first as Slot);
  expect(await take(who)).toBeDefined();
  vi.useFakeTimers({ now: Date.now() + 9_000, toFake: ['Date'] });
  expect(await take(who)).toBeUndefined();
  vi.useFakeTimers({ now: Date.now() + 2_000, toFake: ['Date'] });
  expect(await take(who)).toBeDefined();
});

test('are not freed by a holder that has lost them', async () => {
  const who = randomUUID();
  const late = await takeSlot('test', who, 1, 0);
  expect(await takeSlot('test', who, 1, 10)).toBeDefined();
  await freeSlot(late as Slot);
  expect(await takeSlot('test', who, 1, 10)).toBeUndefined();
});

test('are held by a taker whose first answer was lost', async () => {
  let answers = 0;
  db.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      answers += 1;
      return answers === 1 ? next(args) : answer;
    },
    { step: 'initialize', name: 'fault' },
  );
  expect(await takeSlot('test', randomUUID(), 1, 10)).toBeDefined();
  expect(answers).toBe(1);
});

test('do not fail the work when they cannot be freed', async () => {
  const slot = await take(randomUUID());
  db.middlewareStack.add(() => () => Promise.reject(new Error('broken')), { step: 'initialize', name: 'fault' });
  const lines = await linesOf(() => freeSlot(slot as Slot));
  expect(JSON.stringify(lines)).toContain('slot not freed');
});
