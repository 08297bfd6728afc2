import { expect, test, vi } from 'vitest';
import type { Message } from '#shared/contract/chats/message.ts';
import type { KnownAtOpening } from '../../../../infra/local/playground/client/realtime/pages.ts';
import { Reader } from '../../../../infra/local/playground/client/realtime/reader.ts';
import { Unread } from '../../../../infra/local/playground/client/realtime/unread.ts';
import type { Api } from '../../../../infra/local/playground/client/rest/api.ts';
import { messageOf } from './list/chats.ts';

/** The numbers of a chat in which Anna has written these ones, and what she opens it with. */
function openChat(length: number, own: number[], opening: KnownAtOpening, readSeq?: number) {
  const all = Array.from({ length }, (_, n) =>
    messageOf({ id: `m${n + 1}`, seq: n + 1, userId: own.includes(n + 1) ? 'anna' : 'boris' }),
  );
  const chats = readSeq === undefined ? [] : [{ chatId: 'lake', readSeq }];
  const api = {
    userId: 'anna',
    chats: { listUnread: vi.fn(async () => ({ chats })) },
    listMessages: vi.fn(async (_: string, { around = 0, after }: { around?: number; after?: number }) => ({
      messages: after === undefined ? all.slice(around - 4, around + 3) : all.slice(after, after + 7),
    })),
    markRead: vi.fn(async () => ({})),
  };
  const reader = new Reader();
  const unread = new Unread(api as unknown as Api, { chatId: 'lake', userId: 'anna', reader, opening });
  const newest = all.slice(-10);
  const open = async () => {
    const page = await unread.find(Promise.resolve({ messages: newest, rev: 0, epoch: 'epoch' }));
    reader.restart(newest, 0, 'epoch');
    return page.map(({ seq }: Message) => seq);
  };
  return { api, unread, reader, open };
}

test('the first unread message is found on the newest page, without a request', async () => {
  const { api, unread, open } = openChat(30, [28], { lastSeq: 30, unreadCount: 4 });
  expect(unread.count).toBe(4);
  expect(await open()).toEqual([]);
  expect([unread.first, unread.count]).toEqual([26, 4]);
  expect(api.chats.listUnread).not.toHaveBeenCalled();
});

test('if it is above, the server says where, and the page around it is loaded', async () => {
  const { unread, open } = openChat(30, [12, 13], { lastSeq: 30, unreadCount: 17 }, 11);
  expect(await open()).toEqual([9, 10, 11, 12, 13, 14, 15]);
  expect([unread.first, unread.count]).toEqual([14, 17]);
});

test('where so many are unread, the server is asked while the newest page loads', () => {
  const { api, unread } = openChat(60, [], { lastSeq: 60, unreadCount: 26 }, 34);
  void unread.find(new Promise(() => {}));
  expect(api.chats.listUnread).toHaveBeenCalledOnce();
});

test('it is also above if most of the newest messages are the user’s own', async () => {
  const { unread, open } = openChat(30, [22, 23, 24, 25, 26, 27, 28, 29, 30], { lastSeq: 30, unreadCount: 3 }, 18);
  expect(await open()).toContain(19);
  expect([unread.first, unread.count]).toEqual([19, 3]);
});

test('it is found also if the user has written whole pages after the mark', async () => {
  const own = Array.from({ length: 20 }, (_, n) => 12 + n);
  const { unread, open } = openChat(60, own, { lastSeq: 60, unreadCount: 29 }, 11);
  expect(await open()).toContain(32);
  expect(unread.first).toBe(32);
});

test('counts down as messages are seen, and up as new ones come, whether they are loaded or not', async () => {
  const { api, unread, reader, open } = openChat(30, [25], { lastSeq: 30, unreadCount: 19 }, 10);
  await open();
  expect(unread.read(12)).toBe(true);
  expect(unread.count).toBe(17);
  expect(api.markRead.mock.calls).toEqual([['lake', 12]]);
  reader.receive(messageOf({ id: 'new', seq: 31, userId: 'boris' }));
  expect(unread.count).toBe(18);
  expect([unread.read(25), unread.count]).toEqual([true, 6]);
  expect([unread.read(25), unread.count]).toEqual([false, 6]);
  expect([unread.read(31), unread.count]).toEqual([true, 0]);
});

test('never counts more than the server did, although the user may have written some of what is not loaded', async () => {
  const { unread, open } = openChat(30, [15, 16, 17], { lastSeq: 30, unreadCount: 17 }, 10);
  await open();
  expect(unread.count).toBe(17);
});

test('a chat that was read meanwhile has no first unread message, and one that is not listed neither', async () => {
  for (const readSeq of [30, undefined]) {
    const { unread, open } = openChat(30, [], { lastSeq: 30, unreadCount: 20 }, readSeq);
    await open();
    expect(unread.first).toBeUndefined();
  }
});

test('the first unread message stays the same when the newest page is loaded again', async () => {
  const { api, unread, open } = openChat(30, [], { lastSeq: 30, unreadCount: 20 }, 10);
  await open();
  expect(await open()).toEqual([]);
  expect(unread.first).toBe(11);
  expect(api.chats.listUnread).toHaveBeenCalledOnce();
});
