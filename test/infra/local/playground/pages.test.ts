import { setImmediate } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import {
  type KnownAtOpening,
  type NewestPage,
  Pages,
} from '../../../../infra/local/playground/client/realtime/pages.ts';
import { Reader } from '../../../../infra/local/playground/client/realtime/reader.ts';
import type { Api } from '../../../../infra/local/playground/client/rest/api.ts';
import { EarlyPage } from '../../../../infra/local/playground/state/early-page.ts';
import { messageOf } from './list/chats.ts';

const pageUpTo = (seq: number): NewestPage => ({ messages: [messageOf({ seq })], rev: 0, epoch: 'epoch' });

/** A server whose newest message has the number 9. */
function newApi() {
  const listMessages = vi.fn(async (..._query: unknown[]) => pageUpTo(9));
  const api = { listMessages } as unknown as Api;
  const pages = (opening: Partial<KnownAtOpening>) =>
    new Pages(api, 'lake', new Reader(), { lastSeq: 9, unreadCount: 0, ...opening });
  return { api, listMessages, pages, requests: listMessages.mock.calls };
}

test('a chat opens with a part of a page, and with a whole one if the first unread message may be above it', async () => {
  const { pages, requests } = newApi();
  await pages({ unreadCount: 12 }).newest();
  await pages({ unreadCount: 13, early: Promise.resolve(pageUpTo(9)) }).newest();
  await pages({ unreadCount: 51 }).newest();
  expect(requests).toEqual([['lake', { limit: 25 }], ['lake'], ['lake', { limit: 25 }]]);
});

test('a page that was requested early is used once', async () => {
  const { pages, requests } = newApi();
  const opened = pages({ early: Promise.resolve(pageUpTo(9)) });
  await opened.newest();
  expect(requests).toHaveLength(0);
  await opened.newest();
  expect(requests).toHaveLength(1);
});

test('a page that was requested early is not used if the list of chats knows newer messages', async () => {
  const { pages, requests } = newApi();
  const { messages } = await pages({ early: Promise.resolve(pageUpTo(8)) }).newest();
  expect([messages.at(-1)?.seq, requests.length]).toEqual([9, 1]);
});

test('a page that could not be loaded early is requested when the chat opens', async () => {
  for (const isKnown of [true, false]) {
    const { api, listMessages, pages, requests } = newApi();
    listMessages.mockRejectedValueOnce(new Error('No answer.'));
    const early = new EarlyPage(api);
    early.request('lake');
    if (isKnown) await setImmediate();
    await pages({ early: early.take('lake') }).newest();
    expect(requests).toHaveLength(2);
  }
});

test('the page of the chat in the address is requested once, and given to the chat that opens first', async () => {
  const { api, requests } = newApi();
  const early = new EarlyPage(api);
  early.request('lake');
  early.request('lake');
  expect(requests).toEqual([['lake', { limit: 25 }]]);
  expect(early.take('lake')).toBeInstanceOf(Promise);
  expect(early.take('lake')).toBeUndefined();
  early.request('hills');
  expect(early.take('lake')).toBeUndefined();
  expect(early.take('hills')).toBeUndefined();
});
