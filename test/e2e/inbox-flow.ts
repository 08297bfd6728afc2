import { expect, test } from 'vitest';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { markUnread } from '#shared/contract/chats/mark-unread.ts';
import { openDirect } from '#shared/contract/chats/open-direct.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { setNotifications } from '#shared/contract/chats/set-notifications.ts';
import { setPlace } from '#shared/contract/chats/set-place.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { ChatSocket } from '../support/api-client.ts';
import type { World } from './world.ts';

/** What changes a chat for its user alone. */
const ofOneself = [
  [setNotifications, { level: 'mentions' }],
  [setPlace, { pinned: true }],
  [markUnread, { seq: 1 }],
] as const;

/** Several chats over one connection, over the wire. */
export function inboxFlow(world: () => World): void {
  test('an inbox hears of all chats and writes to them, until its user is removed', async () => {
    const w = world();
    const [anna, boris] = [await w.register('Anna'), await w.register('Boris')];
    const annas = await ChatSocket.openInbox(w.runner.url, `token=${anna.token}`);
    const boriss = await ChatSocket.openInbox(w.runner.url, `token=${boris.token}`);
    const both = () => Promise.all([annas.next(), boriss.next()]);
    const twice = (frame: object) => [frame, frame];

    await w.staleInbox(boris.id);
    const { id: group } = await w.newGroup(anna, boris);
    expect(await both()).toEqual(twice({ type: 'chat', chatId: group }));
    await w.staleInbox(boris.id);
    const { chat } = await w.do(openDirect, anna, { body: { userId: boris.id } });
    expect(await both()).toEqual(twice({ type: 'chat', chatId: chat.id }));

    await w.staleConnection(group);
    annas.send({ type: 'typing', chatId: group });
    expect(await boriss.next()).toEqual({ type: 'typing', chatId: group, userId: anna.id });
    annas.send({ type: 'message', chatId: group, content: 'Hills or lake?', clientId: 'i1' });
    const [sent, same] = await both();
    expect(sent).toMatchObject({ chatId: group, seq: 2, content: 'Hills or lake?', clientId: 'i1' });
    expect(same).toEqual(sent);
    await w.do(sendMessage, boris, { params: { chatId: chat.id }, body: { content: 'Lake' } });
    expect(await both()).toMatchObject(twice({ chatId: chat.id, content: 'Lake' }));

    await w.staleConnection(group, anna.id);
    boriss.send({ type: 'read', chatId: group, seq: 2 });
    expect(await both()).toEqual(twice({ type: 'read', chatId: group, userId: boris.id, seq: 2 }));
    await w.do(markRead, anna, { params: { chatId: chat.id }, body: { seq: 1 } });
    expect(await both()).toEqual(twice({ type: 'read', chatId: chat.id, userId: anna.id, seq: 1 }));

    boriss.send({ type: 'sync', chatId: group, after: 1 });
    expect(await boriss.next()).toEqual(sent);
    expect(await boriss.next()).toMatchObject({ type: 'synced', chatId: group, seq: 2 });
    boriss.send({ type: 'sync', after: 1 });
    expect(await boriss.next()).toMatchObject({ type: 'error', code: 'invalid_input', errors: [{ path: 'chatId' }] });

    for (const [endpoint, body] of ofOneself) {
      await w.staleInbox(boris.id);
      await w.do(endpoint, boris, { params: { chatId: group }, body });
      expect(await boriss.next()).toEqual({ type: 'chat', chatId: group });
    }

    await w.do(removeMember, anna, { params: { groupId: group, userId: boris.id } });
    expect(await boriss.next()).toEqual({ type: 'chat.removed', chatId: group });
    await w.do(sendMessage, anna, { params: { chatId: group }, body: { content: 'without Boris' } });
    boriss.send({ type: 'message', chatId: group, content: 'still here' });
    expect(await boriss.next()).toMatchObject({ type: 'error', code: 'not_a_participant', chatId: group });
    annas.close();
    boriss.close();
  });
}
