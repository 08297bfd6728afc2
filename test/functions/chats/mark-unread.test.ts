import { afterEach, describe, expect, test } from 'vitest';
import { getChat } from '#shared/contract/chats/get-chat.ts';
import { listReads } from '#shared/contract/chats/list-reads.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { markUnread } from '#shared/contract/chats/mark-unread.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { getMembership, type Membership } from '#shared/data/chats/memberships.ts';
import { endUnreadMark, storeUnreadMark } from '#shared/data/chats/unread-marks.ts';
import { keys } from '#shared/data/keys.ts';
import { deleteItems } from '#shared/data/table.ts';
import { call } from '../../support/call.ts';
import { countOperations } from '../../support/count-operations.ts';
import { put, putAll } from '../../support/growth.ts';
import { interceptNext, interceptNothing } from '../../support/intercept-next.ts';
import { connect, connectInbox, newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';

afterEach(interceptNothing);

const send = (person: Person, chatId: string, body: object = { content: 'hi' }) =>
  call(sendMessage, person, { params: { chatId }, body });
const read = (person: Person, chatId: string, seq: number) =>
  call(markRead, person, { params: { chatId }, body: { seq } });
const unread = (person: Person, chatId: string, seq: number) =>
  call(markUnread, person, { params: { chatId }, body: { seq } });
const chatOf = async (person: Person, chatId: string) =>
  (await call(getChat, person, { params: { chatId } })).body.chat;
const stored = async (person: Person, chatId: string) => (await getMembership(person.id, chatId)) as Membership;

/** Boris has read all messages of Anna and himself: three of hers, one of his, one of hers. */
async function readChat() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const chatId = await newDirect(anna, boris);
  for (const person of [anna, anna, anna, boris, anna]) await send(person, chatId);
  await read(boris, chatId, 5);
  return { anna, boris, chatId };
}

describe('a chat that is marked as unread', () => {
  test('counts the messages of others from the number on, and the read mark stays', async () => {
    const { anna, boris, chatId } = await readChat();
    expect((await unread(boris, chatId, 3)).body).toEqual({ seq: 3 });
    expect(await chatOf(boris, chatId)).toMatchObject({ unreadCount: 2, markedUnread: true });
    const { reads } = (await call(listReads, anna, { params: { chatId } })).body;
    expect(reads).toContainEqual({ userId: boris.id, seq: 5 });
    expect(await chatOf(anna, chatId)).not.toHaveProperty('markedUnread');
  });

  test('counts new messages too, and none of one’s own', async () => {
    const { anna, boris, chatId } = await readChat();
    await unread(boris, chatId, 5);
    await send(boris, chatId);
    await send(anna, chatId);
    expect(await chatOf(boris, chatId)).toMatchObject({ unreadCount: 2, markedUnread: true });
  });

  test('is marked although all the messages are one’s own', async () => {
    const { boris, chatId } = await readChat();
    await send(boris, chatId);
    await unread(boris, chatId, 6);
    expect(await chatOf(boris, chatId)).toMatchObject({ unreadCount: 0, markedUnread: true });
  });

  test('counts the mentions', async () => {
    const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
    const { id: chatId } = await newGroup(anna, boris);
    await send(anna, chatId, { content: 'Boris!', mentions: [boris.id] });
    await send(anna, chatId, { content: 'All!', everyone: true });
    await send(boris, chatId, { content: 'All too!', everyone: true });
    await read(boris, chatId, 4);
    await unread(boris, chatId, 2);
    expect(await chatOf(boris, chatId)).toMatchObject({ unreadCount: 2, mentionCount: 2 });
    await unread(boris, chatId, 3);
    expect(await chatOf(boris, chatId)).toMatchObject({ unreadCount: 1, mentionCount: 1 });
  });

  test('is read when the mark is set at its last message again, and not by a lower mark', async () => {
    const { boris, chatId } = await readChat();
    await unread(boris, chatId, 3);
    expect((await read(boris, chatId, 2)).body).toEqual({ seq: 5 });
    expect(await chatOf(boris, chatId)).toMatchObject({ unreadCount: 2, markedUnread: true });
    expect((await read(boris, chatId, 3)).body).toEqual({ seq: 5 });
    expect(await chatOf(boris, chatId)).toMatchObject({ unreadCount: 0 });
    const membership = await stored(boris, chatId);
    for (const name of ['unreadFrom', 'unreadBelow', 'mentionsBelow']) expect(membership).not.toHaveProperty(name);
  });

  test('is read when the mark moves on, with no further operation', async () => {
    const { anna, boris, chatId } = await readChat();
    await unread(boris, chatId, 3);
    await send(anna, chatId);
    const { operations } = await countOperations(() => read(boris, chatId, 6));
    expect(operations.filter((name) => name === 'UpdateItem')).toHaveLength(1);
    expect(await chatOf(boris, chatId)).toMatchObject({ unreadCount: 0 });
    expect(await chatOf(boris, chatId)).not.toHaveProperty('markedUnread');
  });

  test('begins at most a hundred numbers before the read mark', async () => {
    const { anna, boris, chatId } = await readChat();
    const message = { chatId, userId: anna.id, type: 'text', content: 'hi', createdAt: '2026-01-01T00:00:00.000Z' };
    await putAll(
      Array.from({ length: 115 }, (_, n) => put({ ...keys.message(chatId, n + 6), ...message, seq: n + 6 })),
    );
    await putAll([put({ ...keys.membership(boris.id, chatId), ...(await stored(boris, chatId)), readSeq: 120 })]);
    expect((await unread(boris, chatId, 1)).body).toEqual({ seq: 21 });
    expect(await stored(boris, chatId)).toMatchObject({ unreadFrom: 21, unreadBelow: 100 });
  });

  test('is one that has something to read: nothing happens above the read mark, or where no message is', async () => {
    const { anna, boris, chatId } = await readChat();
    await send(anna, chatId);
    expect((await unread(boris, chatId, 6)).body).toEqual({ seq: 6 });
    expect(await stored(boris, chatId)).not.toHaveProperty('unreadFrom');
    await read(boris, chatId, 6);
    await deleteItems(process.env.CHAT_TABLE as string, [keys.message(chatId, 6)]);
    await unread(boris, chatId, 6);
    expect(await stored(boris, chatId)).not.toHaveProperty('unreadFrom');
  });

  test('tells the others nothing', async () => {
    const { anna, boris, chatId } = await readChat();
    const socket = await connect(anna, chatId, { events: '1' });
    await unread(boris, chatId, 3);
    await read(boris, chatId, 5);
    expect(standIn.received(socket)).toEqual([]);
  });
});

describe('at the same moment as a read mark', () => {
  test('messages are counted up to the newer mark', async () => {
    const { anna, boris, chatId } = await readChat();
    await send(anna, chatId);
    interceptNext('Query', async (_input, go) => {
      await read(boris, chatId, 6);
      return go();
    });
    expect((await unread(boris, chatId, 3)).status).toBe(200);
    expect(await stored(boris, chatId)).toMatchObject({ readSeq: 6, unreadFrom: 3, unreadBelow: 3 });
  });

  test('nothing is marked when the mark moves each time, and the answer says to try again', async () => {
    const { anna, boris, chatId } = await readChat();
    for (let n = 0; n < 3; n++) await send(anna, chatId);
    const moving = (seq: number) =>
      interceptNext('Query', async (_input, go) => {
        await read(boris, chatId, seq);
        if (seq < 8) moving(seq + 1);
        return go();
      });
    moving(6);
    expect(await unread(boris, chatId, 3)).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(await stored(boris, chatId)).not.toHaveProperty('unreadFrom');
  });

  test('the mark of one who has left meanwhile makes no membership', async () => {
    const { boris, chatId } = await readChat();
    interceptNext('Query', async (_input, go) => {
      await deleteItems(process.env.CHAT_TABLE as string, [keys.membership(boris.id, chatId)]);
      return go();
    });
    expect(await unread(boris, chatId, 3)).toMatchObject({ status: 403, body: { code: 'not_a_participant' } });
    expect(await getMembership(boris.id, chatId)).toBeUndefined();
  });

  test('a read mark that is older than the mark as unread does not end it', async () => {
    const { boris, chatId } = await readChat();
    const membership = await stored(boris, chatId);
    await storeUnreadMark(membership, { unreadFrom: 4, unreadBelow: 1, mentionsBelow: 0 });
    await endUnreadMark(membership, 3);
    expect(await stored(boris, chatId)).toMatchObject({ unreadFrom: 4 });
    await endUnreadMark(membership, 4);
    expect(await stored(boris, chatId)).not.toHaveProperty('unreadFrom');
  });

  test('a mark that another device has set ends the mark as unread', async () => {
    const { anna, boris, chatId } = await readChat();
    await unread(boris, chatId, 3);
    await send(anna, chatId);
    // Between the read and the write, the own message that comes next moves the mark.
    interceptNext('UpdateItem', async (_input, go) => {
      const membership = { ...(await stored(boris, chatId)), readSeq: 6 };
      await putAll([put({ ...keys.membership(boris.id, chatId), ...membership })]);
      return go();
    });
    expect((await read(boris, chatId, 6)).body).toEqual({ seq: 6 });
    expect(await stored(boris, chatId)).not.toHaveProperty('unreadFrom');
  });

  test('the user’s other devices learn when a read that moves no mark ends it', async () => {
    const { boris, chatId } = await readChat();
    await unread(boris, chatId, 3);
    const inbox = await connectInbox(boris);
    await read(boris, chatId, 2);
    await read(boris, chatId, 5);
    await read(boris, chatId, 5);
    expect(standIn.received(inbox)).toEqual([{ type: 'chat', chatId }]);
  });
});
