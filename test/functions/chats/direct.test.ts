import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { openDirect } from '#shared/contract/chats/open-direct.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { call } from '../../support/call.ts';
import { newDirect, newPerson, type Person } from '../../support/people.ts';

const open = (person: Person, userId: string) => call(openDirect, person, { body: { userId } });

const send = (person: Person, chatId: string, content = 'hi') =>
  call(sendMessage, person, { params: { chatId }, body: { content } });

const pair = () => Promise.all([newPerson('Anna'), newPerson('Boris')]);

describe('a direct chat', () => {
  test('is the same chat whoever opens it, even at the same time', async () => {
    const [anna, boris] = await pair();
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => open(anna, boris.id)),
      ...Array.from({ length: 5 }, () => open(boris, anna.id)),
      open(anna, boris.id),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ body }) => body.chat.id)).size).toBe(1);
  });

  test('is named after the other participant for each of the two', async () => {
    const [anna, boris] = await pair();
    const { body } = await open(anna, boris.id);
    expect(body.chat).toEqual({
      id: expect.any(String),
      name: 'Boris',
      type: 'direct',
      participantIds: [anna.id, boris.id].sort(),
      createdAt: expect.any(String),
      lastMessage: '',
      lastMessageAt: body.chat.createdAt,
      lastSeq: 0,
      unreadCount: 0,
      lastRev: 0,
      epoch: expect.any(String),
      mentionCount: 0,
    });
    await send(anna, body.chat.id, 'hello');
    const { chats } = (await call(listChats, boris)).body;
    expect(chats).toMatchObject([{ id: body.chat.id, name: 'Anna', lastMessage: 'hello', lastSeq: 1, unreadCount: 1 }]);
  });

  test('cannot be opened with oneself or with an unknown user', async () => {
    const anna = await newPerson();
    expect(await open(anna, anna.id)).toMatchObject({ status: 422, body: { code: 'not_yourself' } });
    expect(await open(anna, randomUUID())).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
  });

  test('is not a group, so nobody can be removed from it', async () => {
    const [anna, boris] = await pair();
    const groupId = await newDirect(anna, boris);
    const answer = await call(removeMember, anna, { params: { groupId, userId: boris.id } });
    expect(answer).toMatchObject({ status: 422, body: { code: 'not_a_group' } });
  });
});
