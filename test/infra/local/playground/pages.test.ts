import { expect, test, vi } from 'vitest';
import { firstPage, Pages } from '../../../../infra/local/playground/client/realtime/pages.ts';
import { Reader } from '../../../../infra/local/playground/client/realtime/reader.ts';
import type { Api } from '../../../../infra/local/playground/client/rest/api.ts';
import { EarlyPage } from '../../../../infra/local/playground/state/early-page.ts';

function newApi() {
  const listMessages = vi.fn(async () => ({ messages: [], rev: 0, epoch: 'epoch' }));
  const requests = () => listMessages.mock.calls as unknown as [chatId: string, query?: object][];
  return { api: { listMessages } as unknown as Api, listMessages, requests };
}

test('a chat opens with a part of a page, and with a whole one if the first unread message may be above it', async () => {
  const { api, requests } = newApi();
  await new Pages(api, 'lake', new Reader(), { unreadCount: 12 }).newest();
  await new Pages(api, 'lake', new Reader(), { unreadCount: 13 }).newest();
  expect(requests()).toEqual([['lake', { limit: 25 }], ['lake']]);
});

test('a page that was requested early is used once', async () => {
  const { api, requests } = newApi();
  const reader = new Reader();
  const pages = new Pages(api, 'lake', reader, { early: firstPage(api, 'lake') });
  await pages.newest();
  expect(requests()).toHaveLength(1);
  await pages.newest();
  expect(requests()).toHaveLength(2);
  expect(reader.restarts).toBe(2);
});

test('a page that could not be loaded early is requested anew', async () => {
  const { api, listMessages } = newApi();
  listMessages.mockRejectedValueOnce(new Error('No answer.'));
  const early = new EarlyPage(api);
  early.request('lake');
  const pages = new Pages(api, 'lake', new Reader(), { early: early.take('lake') });
  await expect(pages.newest()).rejects.toThrow('No answer.');
  expect(await pages.newest()).toEqual([]);
});

test('the page of the chat in the address is requested once, and given to the chat that opens first', async () => {
  const { api, requests } = newApi();
  const early = new EarlyPage(api);
  early.request('lake');
  early.request('lake');
  expect(requests()).toEqual([['lake', { limit: 25 }]]);
  expect(early.take('lake')).toBeInstanceOf(Promise);
  expect(early.take('lake')).toBeUndefined();
  early.request('hills');
  expect(early.take('lake')).toBeUndefined();
  expect(early.take('hills')).toBeUndefined();
});
