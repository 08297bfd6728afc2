import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { getChat } from '#shared/contract/chats/get-chat.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { listReads } from '#shared/contract/chats/list-reads.ts';
import { listUnread } from '#shared/contract/chats/list-unread.ts';
import { markUnread } from '#shared/contract/chats/mark-unread.ts';
import { openDirect } from '#shared/contract/chats/open-direct.ts';
import { readAll } from '#shared/contract/chats/read-all.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { setNotifications } from '#shared/contract/chats/set-notifications.ts';
import { setPlace } from '#shared/contract/chats/set-place.ts';
import { getGroup } from '#shared/contract/groups/get-group.ts';
import { readFrame } from '#shared/contract/websocket/index.ts';
import { takeNumber } from '#shared/data/chats/numbers.ts';
import { keys } from '#shared/data/keys.ts';
import { ChatSocket } from '../support/api-client.ts';
import { chatsOf, participantsOf, put, putAll } from '../support/growth.ts';
import type { World } from './world.ts';

/** What only I see of my chats, and answers so large that they are counted. */
export function ownFlow(world: () => World): void {
  test('a chat is read with all others, marked as unread, muted, pinned and archived', async () => {
    const w = world();
    const [anna, boris] = [await w.register('Anna'), await w.register('Boris')];
    const { id: chatId } = await w.newGroup(anna, boris);
    const params = { chatId };
    await w.do(sendMessage, anna, { params, body: { content: 'hi' } });
    const socket = await ChatSocket.openWith(w.runner.url, chatId, `token=${anna.token}&events=1`);
    await w.staleConnection(chatId, anna.id);
    expect(await w.do(listUnread, boris)).toMatchObject({ total: 2, chats: [{ chatId, unreadCount: 2 }] });
    expect(await w.do(readAll, boris)).toEqual({ chats: 1 });
    expect(z.parse(readFrame, await socket.next())).toMatchObject({ chatId, userId: boris.id, seq: 2 });
    await w.do(markUnread, boris, { params, body: { seq: 2 } });
    await w.do(setNotifications, boris, { params, body: { level: 'mentions' } });
    await w.do(setPlace, boris, { params, body: { pinned: true } });
    expect((await w.do(getChat, boris, { params })).chat).toMatchObject({
      unreadCount: 1,
      markedUnread: true,
      notifications: { level: 'mentions' },
      place: { pinned: true, archived: false },
    });
    expect(await w.do(listUnread, boris)).toMatchObject({ total: 1, mentions: 0 });
    socket.close();
  });

  test('chats are shown whose last number has no message', async () => {
    const w = world();
    const [anna, boris] = [await w.register('Anna'), await w.register('Boris')];
    const direct = { body: { userId: boris.id } };
    const { id: chatId } = (await w.do(openDirect, anna, direct)).chat;
    await w.do(sendMessage, anna, { params: { chatId }, body: { content: 'hi' } });
    await takeNumber(chatId, { userId: anna.id });
    expect((await w.do(getChat, anna, { params: { chatId } })).chat).toMatchObject({ lastSeq: 1 });
    expect((await w.do(openDirect, anna, direct)).chat).toMatchObject({ lastSeq: 1 });
  });

  test('large pages are counted', async () => {
    const w = world();
    const anna = await w.register('Anna');
    const { id: chatId } = await w.newGroup(anna);
    await putAll(chatsOf(anna.id, 101));
    await putAll(participantsOf(chatId, [anna.id], 60));
    const message = {
      chatId,
      userId: anna.id,
      type: 'text',
      content: 'x'.repeat(4000),
      createdAt: '2026-01-01T00:00:00.000Z',
    };
    await putAll(Array.from({ length: 30 }, (_, n) => put({ ...keys.message(chatId, n + 2), ...message, seq: n + 2 })));
    expect((await w.do(listChats, anna)).chats).toHaveLength(102);
    expect((await w.do(listUnread, anna)).chats).toHaveLength(102);
    expect((await w.do(listMessages, anna, { params: { chatId }, query: 'limit=100' })).messages).toHaveLength(31);
    expect((await w.do(listReads, anna, { params: { chatId } })).reads.length).toBeGreaterThan(60);
    expect((await w.do(getGroup, anna, { params: { groupId: chatId } })).group.members.length).toBeGreaterThan(60);
  });
}
