import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { takeNumber } from '#shared/data/chats/messages.ts';
import { db } from '#shared/data/client.ts';
import { keys } from '#shared/data/keys.ts';
import { handler as listChatsHandler } from '../../../functions/chats/list-chats.ts';
import { handler as sendHandler } from '../../../functions/chats/send-message.ts';
import { call } from '../../support/call.ts';
import { invoke } from '../../support/invoke.ts';
import { newGroup, newPerson, type Person } from '../../support/people.ts';

const send = (person: Person, chatId: string, body: unknown) =>
  invoke(sendHandler, sendMessage, { token: person.token, params: { chatId }, body });

describe('the list of chats', () => {
  test('starts with the most recently active chat, each as specified', async () => {
    const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
    const older = await newGroup(anna, boris);
    const newer = await newGroup(anna);
    const { body: sent } = await send(boris, older.id, { content: 'up again' });
    const { body } = await invoke(listChatsHandler, listChats, { token: anna.token });
    expect(body.chats).toEqual([
      {
        id: older.id,
        name: 'Weekend',
        type: 'group',
        participantIds: [anna.id, boris.id].sort(),
        inviteCode: older.inviteCode,
        createdAt: expect.any(String),
        lastMessageAt: sent.message.createdAt,
        lastMessage: 'up again',
        lastSeq: 2,
        unreadCount: 1,
      },
      expect.objectContaining({ id: newer.id, lastMessage: 'Anna created the group' }),
    ]);
  });

  test('shows the last stored message when a later number was never used, and does not count that number as unread', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    await send(anna, chatId, { content: 'stored' });
    await takeNumber(chatId);
    await call(markRead, anna, { params: { chatId }, body: { seq: 2 } });
    const { body } = await invoke(listChatsHandler, listChats, { token: anna.token });
    expect(body.chats).toMatchObject([{ lastMessage: 'stored', lastSeq: 2, unreadCount: 0 }]);
  });

  test('shows the beginning of a long message', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    await send(anna, chatId, { content: '👍'.repeat(4000) });
    const { body } = await invoke(listChatsHandler, listChats, { token: anna.token });
    expect(body.chats[0].lastMessage).toBe('👍'.repeat(300));
  });

  test('fits into a Lambda response for a member of very many large groups, and includes the oldest chats', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: oldest } = await newGroup(boris, anna);
    const roster = Array.from({ length: 1000 }, () => randomUUID());
    const put = (Item: object) => db.send(new PutCommand({ TableName: process.env.CHAT_TABLE, Item }));
    const full = async () => {
      const [chatId, createdAt] = [randomUUID(), new Date().toISOString()];
      await put({ ...keys.chat(chatId), id: chatId, name: 'Full', type: 'group', createdAt, seq: 0 });
      await put({ ...keys.roster(chatId), participantIds: new Set([anna.id, ...roster.slice(1)]) });
      await put({ ...keys.membership(anna.id, chatId), userId: anna.id, chatId, role: 'member', joinedAt: createdAt });
    };
    for (let n = 0; n < 16; n++) await Promise.all(Array.from({ length: 10 }, full));
    const { status, body } = await call(listChats, anna);
    expect(status).toBe(200);
    expect(body.chats.map(({ id }: { id: string }) => id)).toContain(oldest);
    // Lambda returns the body as a string inside JSON.
    const bytes = Buffer.byteLength(JSON.stringify(JSON.stringify(body)));
    expect(bytes).toBeGreaterThan(4_500_000);
    expect(bytes).toBeLessThan(6_000_000);
  });

  test('is empty for a user without chats', async () => {
    const { body } = await invoke(listChatsHandler, listChats, { token: (await newPerson()).token });
    expect(body).toEqual({ chats: [] });
  });
});
