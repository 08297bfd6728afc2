import { describe, expect, test } from 'vitest';
import { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { storeMessage } from '#shared/data/chats/messages.ts';
import { type Numbered, takeNumber } from '#shared/data/chats/numbers.ts';
import { call } from '../../support/call.ts';
import { newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';

const leave = (person: Person, chatId: string) => call(leaveChat, person, { params: { chatId } });

const send = (person: Person, chatId: string) =>
  call(sendMessage, person, { params: { chatId }, body: { content: 'hi' } });

const listed = async (person: Person): Promise<string[]> =>
  (await call(listChats, person)).body.chats.map(({ id }: { id: string }) => id);

const pair = () => Promise.all([newPerson('Anna'), newPerson('Boris')]);

describe('removing a chat from the list', () => {
  test('leaves a group', async () => {
    const [anna, boris] = await pair();
    const { id } = await newGroup(anna, boris);
    expect((await leave(boris, id)).status).toBe(200);
    expect(await listed(boris)).toEqual([]);
    expect((await call(listMessages, anna, { params: { chatId: id } })).body.messages.at(-1)).toMatchObject({
      metadata: { event: 'left' },
    });
    expect(await leave(boris, id)).toMatchObject({ status: 403, body: { code: 'not_a_participant' } });
  });

  test('hides a direct chat for its user alone, until somebody writes in it', async () => {
    const [anna, boris] = await pair();
    const chatId = await newDirect(anna, boris);
    await send(boris, chatId);
    for (let n = 0; n < 2; n++) expect((await leave(anna, chatId)).status).toBe(200);
    expect(await listed(anna)).toEqual([]);
    expect(await listed(boris)).toEqual([chatId]);
    expect((await call(listMessages, anna, { params: { chatId } })).body.messages).toHaveLength(1);
    await send(boris, chatId);
    expect(await listed(anna)).toEqual([chatId]);
  });

  test('hides a direct chat without messages, until its user opens it again', async () => {
    const [anna, boris] = await pair();
    const chatId = await newDirect(anna, boris);
    await leave(boris, chatId);
    expect(await listed(boris)).toEqual([]);
    expect(await newDirect(boris, anna)).toBe(chatId);
    expect(await listed(boris)).toEqual([chatId]);
  });

  test('hides no message that is just being stored', async () => {
    const [anna, boris] = await pair();
    const chatId = await newDirect(anna, boris);
    const { seq } = (await takeNumber(chatId, { userId: boris.id })) as Numbered;
    await leave(anna, chatId);
    await storeMessage({
      chatId,
      seq,
      userId: boris.id,
      type: 'text',
      content: 'hi',
      createdAt: new Date().toISOString(),
    });
    expect(await listed(anna)).toEqual([chatId]);
  });
});
