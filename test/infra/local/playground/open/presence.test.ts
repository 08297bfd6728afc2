import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiProblem } from '../../../../../infra/local/playground/client/rest/api-problem.ts';
import { Presence, type PresentUser } from '../../../../../infra/local/playground/state/open/presence.ts';

const page = { hidden: false };

beforeEach(() => {
  vi.useFakeTimers();
  page.hidden = false;
});
afterEach(() => void vi.useRealTimers());

const online: PresentUser[] = [{ userId: 'boris', connected: true }];

function newPresence(load: () => Promise<PresentUser[]>) {
  const asked = vi.fn(load);
  const refused: string[] = [];
  const presence = new Presence({
    load: asked,
    isVisible: () => !page.hidden,
    onChange: () => {},
    onRefused: (code) => refused.push(code),
  });
  return { presence, asked, refused };
}

test('asks at once and every minute, but not while nobody sees the page', async () => {
  const { presence, asked } = newPresence(async () => online);
  await presence.start();
  expect(presence.users).toEqual(online);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(asked).toHaveBeenCalledTimes(3);
  page.hidden = true;
  await vi.advanceTimersByTimeAsync(600_000);
  expect(asked).toHaveBeenCalledTimes(3);
  page.hidden = false;
  await presence.start();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveBeenCalledTimes(5);
  presence.stop();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(asked).toHaveBeenCalledTimes(5);
});

test('asks again in a minute if there was no answer', async () => {
  const { presence, asked } = newPresence(() => Promise.reject(new Error('No answer.')));
  await presence.start();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveBeenCalledTimes(2);
});

test.each([
  [422, 'chat_too_large', []],
  [403, 'blocked', ['blocked']],
])('asks no more after %i %s', async (status, code, expected) => {
  const { presence, asked, refused } = newPresence(() => Promise.reject(new ApiProblem(status, { code })));
  await presence.start();
  await vi.advanceTimersByTimeAsync(600_000);
  expect([asked.mock.calls.length, refused]).toEqual([1, expected]);
});

test('an answer that comes after the end changes nothing', async () => {
  const { promise, resolve } = Promise.withResolvers<PresentUser[]>();
  const { presence, asked } = newPresence(() => promise);
  const started = presence.start();
  presence.stop();
  resolve(online);
  await started;
  await vi.advanceTimersByTimeAsync(600_000);
  expect([presence.users, asked.mock.calls.length]).toEqual([[], 1]);
});
