import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PostResult } from '#shared/delivery/post.ts';
import { retryPost } from '#shared/delivery/retry-post.ts';

/** Without a pause between attempts. */
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => void vi.restoreAllMocks());

const inAMinute = () => Date.now() + 60_000;

/** An attempt that has these results in turn, and writes itself down. */
function attemptOf(log: string[], ...results: PostResult['result'][]) {
  return async (): Promise<PostResult> => {
    log.push('attempt');
    return { result: results.shift() ?? 'done' };
  };
}

test('makes no second attempt before everybody was tried once', async () => {
  const log: string[] = [];
  const afterFirstRound = sleep(50).then(() => log.push('first round over'));
  await retryPost(attemptOf(log, 'try again'), inAMinute(), { afterFirstRound });
  expect(log).toEqual(['attempt', 'first round over', 'attempt']);
});

test.each(['done', 'refused', 'gone'] as const)('does not retry after %s', async (result) => {
  const log: string[] = [];
  expect(await retryPost(attemptOf(log, result), inAMinute())).toEqual({ result });
  expect(log).toEqual(['attempt']);
});

test('retries a connection that is gone only while it may still be opening', async () => {
  const log: string[] = [];
  const mayStillBeOpening = () => log.length < 3;
  const last = await retryPost(attemptOf(log, 'gone', 'gone', 'gone', 'done'), inAMinute(), { mayStillBeOpening });
  expect(last).toEqual({ result: 'gone' });
  expect(log).toHaveLength(3);
});

test('ends with the last result when time is up', async () => {
  const log: string[] = [];
  expect(await retryPost(attemptOf(log, 'try again'), Date.now())).toEqual({ result: 'try again' });
  expect(log).toEqual(['attempt']);
});
