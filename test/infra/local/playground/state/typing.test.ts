import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Api } from '../../../../../infra/local/playground/client/rest/api.ts';
import { Typing } from '../../../../../infra/local/playground/state/typing.ts';
import { messageOf } from '../list/chats.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What Anna hears. The first requests for a name fail, as many as given. */
function newTyping(failures = 0) {
  const asked: string[] = [];
  const get = async (id: string) => {
    asked.push(id);
    if (asked.length <= failures) throw new Error('No answer.');
    return { user: { id, name: 'Boris' } };
  };
  const typing = new Typing({ users: { get } } as unknown as Api, 'anna', () => {});
  const hear = (userId: string, chatId = 'lake') => typing.receive({ type: 'typing', chatId, userId });
  return { typing, hear, asked };
}

test('those who write are shown for twelve seconds after each frame, in the order in which they began', async () => {
  const { typing, hear } = newTyping();
  hear('boris');
  hear('vera');
  await vi.advanceTimersByTimeAsync(10_000);
  hear('boris');
  expect(typing.in('lake')).toEqual(['boris', 'vera']);
  await vi.advanceTimersByTimeAsync(2000);
  expect(typing.in('lake')).toEqual(['boris']);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(typing.in('lake')).toEqual([]);
});

test('a message of theirs in the same chat ends it', () => {
  const { typing, hear } = newTyping();
  for (const chatId of ['lake', 'hills']) for (const userId of ['boris', 'vera']) hear(userId, chatId);
  typing.receive({ type: 'message', chatId: 'lake', message: messageOf({ seq: 2 }) });
  expect([typing.in('lake'), typing.in('hills')]).toEqual([['vera'], ['boris', 'vera']]);
});

test('the user on another device is not shown', () => {
  const { typing, hear } = newTyping();
  hear('anna');
  expect(typing.in('lake')).toEqual([]);
});

test('the name of somebody is asked for once, and again if there was no answer', async () => {
  const { typing, hear, asked } = newTyping(1);
  hear('boris');
  hear('boris');
  await vi.advanceTimersByTimeAsync(0);
  expect([asked, typing.nameOf('boris')]).toEqual([['boris'], undefined]);
  for (let n = 0; n < 2; n++) {
    hear('boris');
    await vi.advanceTimersByTimeAsync(0);
  }
  expect([asked.length, typing.nameOf('boris')]).toEqual([2, 'Boris']);
});
