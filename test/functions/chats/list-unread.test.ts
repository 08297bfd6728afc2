import { afterEach, describe, expect, test, vi } from 'vitest';
import { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listUnread } from '#shared/contract/chats/list-unread.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { markUnread } from '#shared/contract/chats/mark-unread.ts';
import { readAll } from '#shared/contract/chats/read-all.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { setNotifications } from '#shared/contract/chats/set-notifications.ts';
import { setPlace } from '#shared/contract/chats/set-place.ts';
import { getMembership } from '#shared/data/chats/memberships.ts';
import { recordGap, takeNumber } from '#shared/data/chats/numbers.ts';
import { keys } from '#shared/data/keys.ts';
import { deleteItems } from '#shared/data/table.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { interceptNext, interceptNothing } from '../../support/intercept-next.ts';
import { connect, newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';

afterEach(() => {
  interceptNothing();
  vi.useRealTimers();
});

const send = (person: Person, chatId: string, body: object = { content: 'hi' }) =>
  call(sendMessage, person, { params: { chatId }, body });
const read = (person: Person, chatId: string, seq: number) =>
  call(markRead, person, { params: { chatId }, body: { seq } });
const unread = async (person: Person) => (await call(listUnread, person)).body;
const notify = (person: Person, chatId: string, body: object) =>
  call(setNotifications, person, { params: { chatId }, body });

/** Boris has three messages of Anna to read in a direct chat, and two in a group, of which one mentions him. */
async function scene() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const [direct, { id: group }] = await Promise.all([newDirect(anna, boris), newGroup(anna, boris)]);
  for (let n = 0; n < 3; n++) await send(anna, direct);
  await read(boris, group, 1);
  await send(anna, group);
  await send(anna, group, { content: 'Boris!', mentions: [boris.id] });
  return { anna, boris, direct, group };
}

describe('GET /chats/unread', () => {
  test('has the numbers of each chat that the list has, and their sums', async () => {
    const { boris, direct, group } = await scene();
    const { total, mentions, chats } = await unread(boris);
    expect([total, mentions]).toEqual([5, 1]);
    const listed = (await call(listChats, boris)).body.chats;
    const expected = listed.map(({ id, lastSeq, lastRev, epoch, unreadCount, mentionCount }: Json) => ({
      ...{ chatId: id, lastSeq, lastRev, epoch, unreadCount, mentionCount },
      readSeq: id === group ? 1 : 0,
    }));
    expect(chats).toHaveLength(2);
    expect(chats).toEqual(expect.arrayContaining(expected));
    expect(chats.map(({ chatId }: Json) => chatId).sort()).toEqual([direct, group].sort());
  });

  test('leaves muted chats out of the total, and not out of the mentions', async () => {
    const { boris, direct, group } = await scene();
    const totals = async () => {
      const { total, mentions } = await unread(boris);
      return [total, mentions];
    };
    await notify(boris, group, { level: 'none' });
    expect(await totals()).toEqual([3, 1]);
    await notify(boris, group, { level: 'mentions' });
    expect(await totals()).toEqual([4, 1]);
    await notify(boris, direct, { level: 'all', mutedUntil: new Date(Date.now() + 60_000).toISOString() });
    expect(await totals()).toEqual([1, 1]);
    await notify(boris, direct, { level: 'all', mutedUntil: new Date(Date.now() - 1000).toISOString() });
    expect(await totals()).toEqual([4, 1]);
  });

  test('says what the user has set in a chat', async () => {
    const { boris, direct, group } = await scene();
    await notify(boris, group, { level: 'mentions' });
    await call(setPlace, boris, { params: { chatId: group }, body: { pinned: true } });
    const chatOf = async (wanted: string) => (await unread(boris)).chats.find(({ chatId }: Json) => chatId === wanted);
    expect(await chatOf(group)).toMatchObject({
      notifications: { level: 'mentions' },
      place: { pinned: true, archived: false },
    });
    expect(await chatOf(direct)).not.toHaveProperty('notifications');
    expect(await chatOf(direct)).not.toHaveProperty('place');
  });

  test('counts a chat that is marked as unread at least once, and says where the new begins', async () => {
    const { boris, direct, group } = await scene();
    await read(boris, direct, 3);
    await read(boris, group, 3);
    await send(boris, direct);
    const mark = (chatId: string, seq: number) => call(markUnread, boris, { params: { chatId }, body: { seq } });
    await mark(direct, 4);
    const [chat] = (await unread(boris)).chats.filter(({ chatId }: Json) => chatId === direct);
    expect(chat).toMatchObject({ markedUnread: true, unreadCount: 0, readSeq: 3 });
    expect((await unread(boris)).total).toBe(1);
    await mark(group, 2);
    expect(await unread(boris)).toMatchObject({ total: 3, mentions: 1 });
  });

  test('leaves out a direct chat that was removed from the list, until it has a new message', async () => {
    const { anna, boris, direct, group } = await scene();
    await call(leaveChat, boris, { params: { chatId: direct } });
    expect(await unread(boris)).toMatchObject({ total: 2, chats: [{ chatId: group }] });
    await send(anna, direct);
    expect((await unread(boris)).chats).toHaveLength(2);
  });

  test.each(['recorded', 'not recorded'])(
    'does not take a number without a message for the newest: %s',
    async (what) => {
      const { anna, boris, direct } = await scene();
      const taken = await takeNumber(direct, { userId: anna.id });
      if (what === 'recorded') await recordGap(direct, (taken as { seq: number }).seq);
      const lastSeq = async () => (await unread(boris)).chats.find(({ chatId }: Json) => chatId === direct).lastSeq;
      expect(await lastSeq()).toBe(3);
      expect((await unread(boris)).total).toBe(5);
      await read(boris, direct, 3);
      expect(await lastSeq()).toBe(3);
    },
  );
});

describe('POST /chats/read-all', () => {
  test('marks every chat as read, and tells those who watch', async () => {
    const { anna, boris, direct, group } = await scene();
    const socket = await connect(anna, direct, { events: '1' });
    expect((await call(readAll, boris)).body).toEqual({ chats: 2 });
    expect(await unread(boris)).toMatchObject({ total: 0, mentions: 0 });
    expect([(await getMembership(boris.id, direct))?.readSeq, (await getMembership(boris.id, group))?.readSeq]).toEqual(
      [3, 3],
    );
    expect(standIn.received(socket)).toEqual([{ type: 'read', chatId: direct, userId: boris.id, seq: 3 }]);
    expect((await call(readAll, boris)).body).toEqual({ chats: 0 });
  });

  test('ends marks as unread', async () => {
    const { boris, direct } = await scene();
    await call(readAll, boris);
    await call(markUnread, boris, { params: { chatId: direct }, body: { seq: 2 } });
    expect((await call(readAll, boris)).body).toEqual({ chats: 1 });
    expect(await unread(boris)).toMatchObject({ total: 0 });
    expect(await getMembership(boris.id, direct)).not.toHaveProperty('unreadFrom');
  });

  test('marks a chat as read whose unread messages are all one’s own', async () => {
    const { boris, direct } = await scene();
    await call(readAll, boris);
    await send(boris, direct);
    await call(markUnread, boris, { params: { chatId: direct }, body: { seq: 4 } });
    expect((await call(readAll, boris)).body).toEqual({ chats: 1 });
    expect(await unread(boris)).toMatchObject({ total: 0 });
  });

  test('passes over a chat that the user leaves at the same moment', async () => {
    const { boris, group } = await scene();
    interceptNext('Query', async (_input, go) => {
      const memberships = await go();
      await deleteItems(process.env.CHAT_TABLE as string, [keys.membership(boris.id, group)]);
      return memberships;
    });
    expect((await call(readAll, boris)).status).toBe(200);
    expect(await unread(boris)).toMatchObject({ total: 0 });
    expect(await getMembership(boris.id, group)).toBeUndefined();
  });

  test('says that there is more when its time runs out', async () => {
    const { boris } = await scene();
    interceptNext('Query', async (_input, go) => {
      const memberships = await go();
      vi.setSystemTime(Date.now() + 18_000);
      return memberships;
    });
    vi.useFakeTimers({ toFake: ['Date'] });
    expect((await call(readAll, boris)).body).toEqual({ chats: 0, more: true });
    vi.useRealTimers();
    expect((await call(readAll, boris)).body).toEqual({ chats: 2 });
  });
});
