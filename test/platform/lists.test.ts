import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { mapConcurrently } from '#shared/platform/lists.ts';

describe('working through a list', () => {
  const items = Array.from({ length: 20 }, (_, n) => n);

  test('does a few items at a time, and returns the results in the order of the items', async () => {
    let underWay = 0;
    let highest = 0;
    const results = await mapConcurrently(items, 3, async (n) => {
      highest = Math.max(highest, ++underWay);
      for (let turn = n % 4; turn >= 0; turn--) await setImmediate();
      underWay--;
      return n * 2;
    });
    expect(results).toEqual(items.map((n) => n * 2));
    expect(highest).toBe(3);
  });

  test('throws a failure only when nothing is under way any more, and after the other items', async () => {
    const ended: number[] = [];
    const work = mapConcurrently(items, 3, async (n) => {
      await setImmediate();
      if (n === 1) throw new Error('failed');
      ended.push(n);
    });
    await expect(work).rejects.toThrow('failed');
    expect(ended).toEqual(items.filter((n) => n !== 1));
  });

  test('begins nothing new once everything that was under way has failed', async () => {
    let begun = 0;
    const work = mapConcurrently(items, 3, async () => {
      begun++;
      throw new Error('failed');
    });
    await expect(work).rejects.toThrow('failed');
    expect(begun).toBe(3);
  });
});
