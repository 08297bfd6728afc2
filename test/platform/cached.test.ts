import { afterEach, expect, test, vi } from 'vitest';
import { Cached } from '#shared/platform/cached.ts';

afterEach(() => void vi.restoreAllMocks());

const at = (now: number) => vi.spyOn(Date, 'now').mockReturnValue(now);

test('returns a value until it expires', () => {
  const cached = new Cached<string>({ ttlMs: 100 });
  at(1000);
  cached.set('a', 'value');
  at(1099);
  expect(cached.get('a')).toBe('value');
  expect(cached.get('b')).toBeUndefined();
  at(1100);
  expect(cached.get('a')).toBeUndefined();
});

test('a value may have a lifetime of its own', () => {
  const cached = new Cached<string>({ ttlMs: 100 });
  at(1000);
  cached.set('a', 'value', 10);
  at(1010);
  expect(cached.get('a')).toBeUndefined();
});

test('when it is full, the value that was set first goes', () => {
  const cached = new Cached<number>({ ttlMs: 100, maxEntries: 2 });
  cached.set('a', 1);
  cached.set('b', 2);
  cached.set('a', 3);
  cached.set('c', 4);
  expect(['a', 'b', 'c'].map((key) => cached.get(key))).toEqual([3, undefined, 4]);
});
