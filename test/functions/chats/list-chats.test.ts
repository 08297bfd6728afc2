import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { takeNumber } from '#shared/data/chats/numbers.ts';
import { db } from '#shared/data/client.ts';
import { keys } from '#shared/data/keys.ts';
import { writeTogether } from '#shared/data/write.ts';
import { inBatches } from '#shared/platform/lists.ts';
import { handler as listChatsHandler } from '../../../functions/chats/list-chats.ts';
import { handler as sendHandler } from '../../../functions/chats/send-message.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { react } from '../../support/changes.ts';
import { invoke } from '../../support/invoke.ts';
import { newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';

const send = (person: Person, chatId: string, body: unknown) =>
  invoke(sendHandler, sendMessage, { token: person.token, params: { chatId }, body });

describe('the list of chats', () => {
  test('starts with the most recently active chat, each as specified', async () => {
    const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
    const older = await newGroup(anna, boris);
    const newer = await newGroup(anna);
    const { body: sent } = await send(boris, older.id, { content: 'up again', mentions: [anna.id] });
    await react(boris, sent.message, '👍');
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
        lastMessageType: 'text',
        lastMessageUserId: boris.id,
        lastMessageUserName: 'Boris',
        lastSeq: 2,
        unreadCount: 1,
        lastRev: 1,
        epoch: expect.any(String),
        mentionCount: 1,
      },
      expect.objectContaining({ id: newer.id, lastMessage: '\u2068Anna\u2069 created the group' }),
    ]);
  });

  test('shows the last stored message when a later number was never used, and does not count that number as unread', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    await send(anna, chatId, { content: 'stored' });
    await takeNumber(chatId, { userId: anna.id });
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

  test('cuts a message between the characters that a reader sees', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const shown = async (content: string) => {
      await send(anna, chatId, { content });
      return (await call(listChats, anna)).body.chats[0].lastMessage;
    };
    expect(await shown(`${'x'.repeat(299)}🇷🇺`)).toBe('x'.repeat(299));
    expect(await shown(`${'x'.repeat(297)}👨‍👩‍👧‍👦!`)).toBe('x'.repeat(297));
    expect(await shown(`a${'\u0301'.repeat(3000)}`)).toHaveLength(300);
  });

  test('ends the isolation of a name that it cuts', async () => {
    const anna = await newPerson();
    const others = await Promise.all(Array.from({ length: 8 }, () => newPerson('ש'.repeat(80))));
    const { id: groupId } = await newGroup(anna);
    const body = { userIds: others.map(({ id }) => id) };
    expect((await call(addMembers, anna, { params: { groupId }, body })).status).toBe(200);
    expect((await call(listChats, anna)).body.chats[0].lastMessage).toMatch(/^\u2068Anna\u2069 .{250,}ש\u2069$/);
  });

  test('fits into a Lambda response for a member of very many large groups, and goes on with the cursor', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: oldest } = await newGroup(boris, anna);
    const roster = Array.from({ length: 1000 }, () => randomUUID());
    const put = (Item: object) => db.send(new PutCommand({ TableName: process.env.CHAT_TABLE, Item }));
    const full = async () => {
      const [chatId, createdAt] = [randomUUID(), new Date().toISOString()];
      await put({ ...keys.chat(chatId), id: chatId, name: 'Full', type: 'group', createdAt, seq: 0 });
      await put({ ...keys.roster(chatId), participantIds: new Set([anna.id, ...roster.slice(1)]) });
      await put({
        ...keys.membership(anna.id, chatId),
        userId: anna.id,
        chatId,
        role: 'member',
        joinedAt: createdAt,
        readSeq: 0,
      });
    };
    for (let n = 0; n < 16; n++) await Promise.all(Array.from({ length: 10 }, full));
    const { status, body } = await call(listChats, anna);
    expect(status).toBe(200);
    const idsOf = (answer: Json): string[] => answer.chats.map(({ id }: { id: string }) => id);
    const { body: rest } = await call(listChats, anna, { query: { cursor: body.cursor } });
    expect(idsOf(body)).not.toContain(oldest);
    expect(idsOf(rest)).toContain(oldest);
    expect(rest.cursor).toBeUndefined();
    expect(new Set([...idsOf(body), ...idsOf(rest)]).size).toBe(161);
    // Lambda returns the body as a string inside JSON.
    const bytes = Buffer.byteLength(JSON.stringify(JSON.stringify(body)));
    expect(bytes).toBeGreaterThan(5_400_000);
    expect(bytes).toBeLessThan(6_000_000);
  });

  test('comes in pages, each chat on one of them', async () => {
    const anna = await newPerson();
    const groups: string[] = [];
    for (let n = 0; n < 5; n++) groups.unshift((await newGroup(anna)).id);
    const page = async (cursor?: string) =>
      (await call(listChats, anna, { query: { limit: '2', ...(cursor && { cursor }) } })).body;
    const first = await page();
    const second = await page(first.cursor);
    const third = await page(second.cursor);
    const shown = [first, second, third].map(({ chats }) => chats.map(({ id }: { id: string }) => id));
    expect(shown).toEqual([groups.slice(0, 2), groups.slice(2, 4), groups.slice(4)]);
    expect(third).not.toHaveProperty('cursor');
  });

  test.each([{ limit: '0' }, { limit: '1001' }, { cursor: 'next' }])('is refused for %o', async (query) => {
    const answer = await call(listChats, await newPerson(), { query });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: Object.keys(query)[0] }] } });
  });

  test('shows a friend’s new chat first, however many groups somebody was added to', async () => {
    const [anna, friend] = await Promise.all([newPerson(), newPerson()]);
    const put = (Item: object) => ({ Put: { TableName: process.env.CHAT_TABLE, Item } });
    const createdAt = new Date().toISOString();
    const flood = Array.from({ length: 2000 }, () => {
      const chatId = randomUUID();
      const chat = { id: chatId, name: 'Buy now', type: 'group', createdAt, seq: 0 };
      const membership = { userId: anna.id, chatId, role: 'member', joinedAt: createdAt, readSeq: 0 };
      return [put({ ...keys.chat(chatId), ...chat }), put({ ...keys.membership(anna.id, chatId), ...membership })];
    }).flat();
    await Promise.all(inBatches(flood, 100).map((writes) => writeTogether(writes)));
    const direct = await newDirect(friend, anna);
    await send(friend, direct, { content: 'hi' });
    const { id: group } = await newGroup(friend, anna);
    const { body } = await call(listChats, anna, { query: { limit: '20' } });
    expect(body.chats.slice(0, 2).map(({ id }: Json) => id)).toEqual([group, direct]);
    const all = await call(listChats, anna);
    expect(all.body.chats).toHaveLength(2002);
  });

  test('is empty for a user without chats', async () => {
    const { body } = await invoke(listChatsHandler, listChats, { token: (await newPerson()).token });
    expect(body).toEqual({ chats: [] });
  });
});
