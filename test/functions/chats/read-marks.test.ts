import { describe, expect, test } from 'vitest';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listReads } from '#shared/contract/chats/list-reads.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { joinGroup } from '#shared/contract/groups/join-group.ts';
import { call } from '../../support/call.ts';
import { newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';

const send = (person: Person, chatId: string, content = 'hi') =>
  call(sendMessage, person, { params: { chatId }, body: { content } });

const pair = () => Promise.all([newPerson('Anna'), newPerson('Boris')]);

describe('read marks', () => {
  const read = (person: Person, chatId: string, seq: number) =>
    call(markRead, person, { params: { chatId }, body: { seq } });
  const unread = async (person: Person) => (await call(listChats, person)).body.chats[0].unreadCount;

  test('lower the unread count and never move back or past the newest message', async () => {
    const [anna, boris] = await pair();
    const chatId = await newDirect(anna, boris);
    for (let n = 0; n < 3; n++) await send(anna, chatId);
    expect(await unread(boris)).toBe(3);
    expect((await read(boris, chatId, 2)).body).toEqual({ seq: 2 });
    expect(await unread(boris)).toBe(1);
    expect((await read(boris, chatId, 1)).body).toEqual({ seq: 2 });
    expect((await read(boris, chatId, 1000)).body).toEqual({ seq: 3 });
    await send(anna, chatId);
    expect(await unread(boris)).toBe(1);
    const { body } = await call(listReads, anna, { params: { chatId } });
    expect(body.reads).toEqual(
      expect.arrayContaining([
        { userId: anna.id, seq: 4 },
        { userId: boris.id, seq: 3 },
      ]),
    );
  });

  test('end at the highest number when set concurrently', async () => {
    const [anna, boris] = await pair();
    const chatId = await newDirect(anna, boris);
    for (let n = 0; n < 5; n++) await send(anna, chatId);
    await Promise.all([3, 1, 5, 2, 4].map((seq) => read(boris, chatId, seq)));
    expect(await unread(boris)).toBe(0);
  });

  test('start at the system message about joining', async () => {
    const [anna, boris] = await pair();
    const group = await newGroup(anna);
    for (let n = 0; n < 3; n++) await send(anna, group.id);
    await call(joinGroup, boris, { body: { inviteCode: group.inviteCode } });
    expect(await unread(boris)).toBe(0);
  });
});
