import { setImmediate } from 'node:timers/promises';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Chat } from '#shared/contract/chats/chat.ts';
import type { UnreadChat } from '#shared/contract/chats/list-unread.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { times } from '../../../../../infra/local/playground/client/realtime/times.ts';
import { Api } from '../../../../../infra/local/playground/client/rest/api.ts';
import { ChatList } from '../../../../../infra/local/playground/state/list/chat-list.ts';
import { signedIn } from '../signed-in.ts';
import { chatOf, messageOf } from './chats.ts';

/** The list between frames and requests whose answers come when the test says so. Anna is the user. */

beforeEach(() => {
  Object.assign(times.repeat, { first: 1, max: 1 });
  Object.assign(times.gap, { first: 1 });
  return () => vi.unstubAllGlobals();
});

type Answer = (body: object, status?: number) => void;

/** Each request waits for its answer; `next` is the oldest one without. */
function newList(openChat?: string) {
  const waiting: { path: string; answer: Answer }[] = [];
  const arrivals: (() => void)[] = [];
  vi.stubGlobal('fetch', (url: string) => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    const answer: Answer = (body, status = 200) => resolve(Response.json(body, { status }));
    waiting.push({ path: url.replace('http://backend', ''), answer });
    for (const arrived of arrivals.splice(0)) arrived();
    return promise;
  });
  const next = async () => {
    while (waiting.length === 0) await new Promise<void>((resolve) => arrivals.push(resolve));
    return waiting.shift() ?? expect.fail();
  };
  const troubles: unknown[] = [];
  const list = new ChatList({
    api: new Api('http://backend', signedIn()),
    userId: 'anna',
    isOpen: (chatId) => chatId === openChat,
    settled: async () => {},
    onChange: () => {},
    onTrouble: (error) => troubles.push(error),
  });
  const take = (fields: Partial<Message>) => {
    const message = messageOf(fields);
    list.receive({ type: 'message', chatId: message.chatId, message });
  };
  /** The requests that are under way, those of the last lines included. */
  const requests = async () => {
    await setImmediate();
    return waiting.map(({ path }) => path);
  };
  const shown = () => list.all?.map(({ name, unreadCount }) => [name, unreadCount]);
  return { list, next, requests, troubles, take, shown };
}

const [lake, hills] = [chatOf({}), chatOf({ id: 'hills', name: 'Hills', lastMessageAt: '2026-03-05T09:10:00.000Z' })];

async function loaded(openChat?: string, ...chats: Chat[]) {
  const made = newList(openChat);
  const loading = made.list.load();
  (await made.next()).answer({ chats: chats.length > 0 ? chats : [hills, lake] });
  await loading;
  return made;
}

test('a message moves its chat to the top without a request', async () => {
  const { take, shown, requests } = await loaded();
  expect(shown()).toEqual([
    ['Hills', 0],
    ['Lake', 0],
  ]);
  take({ seq: 2 });
  expect(shown()).toEqual([
    ['Lake', 1],
    ['Hills', 0],
  ]);
  expect(await requests()).toEqual([]);
});

test('an answer does not undo what frames said while it was on its way', async () => {
  const { list, next, take, shown } = newList();
  const loading = list.load();
  const { answer } = await next();
  take({ seq: 2 });
  list.receive({ type: 'chat.removed', chatId: 'hills' });
  answer({ chats: [hills, lake] });
  await loading;
  expect(shown()).toEqual([['Lake', 1]]);
});

test('a list that was under way when the inbox became live is loaded again: neither knows what came between', async () => {
  const { list, next, shown } = newList();
  const loading = list.load();
  const { answer } = await next();
  list.compare(new Map());
  answer({ chats: [lake] });
  (await next()).answer({ chats: [hills, lake] });
  await loading;
  expect(shown()).toHaveLength(2);
});

test('loads the list again until it is there, and says that it could not', async () => {
  const { list, next, troubles, shown } = newList();
  const loading = list.load();
  (await next()).answer({ code: 'maintenance' }, 503);
  (await next()).answer({ chats: [lake] });
  await loading;
  expect([troubles.length, shown()]).toEqual([1, [['Lake', 0]]]);
});

test('a chat frame loads the chat, once more if there is another one meanwhile', async () => {
  const { list, next, requests, shown } = await loaded();
  for (const _ of [1, 2, 3]) list.receive({ type: 'chat', chatId: 'forest' });
  const first = await next();
  expect([first.path, await requests()]).toEqual(['/chats/forest', []]);
  first.answer({ chat: chatOf({ id: 'forest', name: 'Forest' }) });
  (await next()).answer({ chat: chatOf({ id: 'forest', name: 'Wood' }) });
  await expect.poll(() => shown()?.map(([name]) => name)).toEqual(['Hills', 'Lake', 'Wood']);
  expect(await requests()).toEqual([]);
});

test('a direct chat that was removed comes back with its next message, and not with a late one', async () => {
  const direct = chatOf({ type: 'direct' });
  const { list, next, requests, take, shown } = await loaded(undefined, hills, direct);
  list.receive({ type: 'chat.removed', chatId: 'lake' });
  take({ seq: 1 });
  expect([shown(), await requests()]).toEqual([[['Hills', 0]], []]);
  take({ seq: 2 });
  (await next()).answer({ chat: { ...direct, lastSeq: 2, unreadCount: 1 } });
  await expect.poll(() => shown()).toContainEqual(['Lake', 1]);
});

test('nothing brings a removed group back but a chat frame', async () => {
  const { list, next, requests, take, shown } = await loaded();
  list.receive({ type: 'chat.removed', chatId: 'lake' });
  take({ seq: 2 });
  expect([shown(), await requests()]).toEqual([[['Hills', 0]], []]);
  list.receive({ type: 'chat', chatId: 'lake' });
  (await next()).answer({ chat: lake });
  await expect.poll(() => shown()).toHaveLength(2);
  take({ seq: 2 });
  expect(shown()?.[0]).toEqual(['Lake', 1]);
});

test('a group that the server lists again is the user’s again', async () => {
  const { list, next, take, shown } = await loaded();
  list.receive({ type: 'chat.removed', chatId: 'lake' });
  const loading = list.load();
  (await next()).answer({ chats: [hills, lake] });
  await loading;
  take({ seq: 2 });
  expect(shown()?.[0]).toEqual(['Lake', 1]);
});

test('a group that is removed while the list is on its way stays removed', async () => {
  const { list, next, take, shown, requests } = await loaded();
  const loading = list.load();
  const { answer } = await next();
  list.receive({ type: 'chat.removed', chatId: 'lake' });
  answer({ chats: [hills, lake] });
  await loading;
  take({ seq: 2 });
  expect([shown(), await requests()]).toEqual([[['Hills', 0]], []]);
});

test('a message of a chat that is not listed loads the chat; if the user is not in it, nothing is shown', async () => {
  const { next, take, shown } = await loaded();
  take({ chatId: 'forest', seq: 4 });
  const { path, answer } = await next();
  expect(path).toBe('/chats/forest');
  answer({ code: 'not_a_participant' }, 403);
  await expect.poll(() => shown()).toHaveLength(2);
});

test('a message after a gap loads the chat: the one before may have been unread too', async () => {
  const { next, take, shown } = await loaded();
  take({ seq: 3 });
  const { path, answer } = await next();
  expect(path).toBe('/chats/lake');
  answer({ chat: chatOf({ lastSeq: 3, unreadCount: 2 }) });
  await expect.poll(() => shown()).toContainEqual(['Lake', 2]);
});

test('a changed picture loads the chat, because only the chat has its URL', async () => {
  const { list, take, next, requests } = await loaded();
  take({ seq: 2, type: 'system', metadata: { event: 'picture_changed' } });
  const { path, answer } = await next();
  expect(path).toBe('/chats/lake');
  answer({ chat: { ...lake, lastSeq: 2, pictureUrl: 'https://chat/files/chats/lake/picture/a' } });
  expect(await requests()).toEqual([]);
  expect(list.get('lake')?.pictureUrl).toBe('https://chat/files/chats/lake/picture/a');
});

test('an edit that may mention the user in an unread message loads the chat', async () => {
  const { list, next, requests, take } = await loaded();
  take({ seq: 2 });
  const edit = (mentions: string[]) => {
    const message = messageOf({ seq: 2, content: '@', mentions, editedAt: '2026-03-05T10:00:00.000Z' });
    list.receive({ type: 'changed', chatId: 'lake', message, rev: undefined });
  };
  edit(['vera']);
  expect(await requests()).toEqual([]);
  edit(['anna']);
  (await next()).answer({ chat: { ...lake, lastSeq: 2, unreadCount: 1, mentionCount: 1 } });
  await expect.poll(() => list.get('lake')?.mentionCount).toBe(1);
});

test('a read mark of the user counts for itself at the end of the chat; elsewhere the server knows', async () => {
  const { list, next, requests, shown } = await loaded(undefined, chatOf({ lastSeq: 5, unreadCount: 3 }));
  const read = (userId: string, seq: number) => list.receive({ type: 'read', chatId: 'lake', userId, seq });
  read('boris', 5);
  expect(shown()).toEqual([['Lake', 3]]);
  read('anna', 3);
  (await next()).answer({ chat: chatOf({ lastSeq: 5, unreadCount: 1 }) });
  await expect.poll(() => shown()).toEqual([['Lake', 1]]);
  read('anna', 5);
  expect([shown(), await requests()]).toEqual([[['Lake', 0]], []]);
});

const numbersOf = (...chats: Chat[]) =>
  new Map(chats.map((chat): [string, UnreadChat] => [chat.id, { ...chat, chatId: chat.id, readSeq: 0 }]));

test('what the server knows more about is loaded one by one', async () => {
  const { list, next, requests } = await loaded();
  list.compare(numbersOf(hills, { ...lake, lastSeq: 2 }));
  expect((await next()).path).toBe('/chats/lake');
  expect(await requests()).toEqual([]);
});

test.each([
  ['a chat is gone', [hills]],
  ['very many chats differ', [hills, lake, ...Array.from({ length: 11 }, (_, n) => chatOf({ id: `${n}` }))]],
])('the whole list is loaded if %s', async (_why, chats) => {
  const { list, next, requests } = await loaded();
  list.compare(numbersOf(...chats));
  expect((await next()).path).toBe('/chats');
  expect(await requests()).toEqual([]);
});
