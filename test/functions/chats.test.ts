import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { db } from '#shared/data/client.ts';
import { keys } from '#shared/data/keys.ts';
import { takeNumber } from '#shared/data/messages.ts';
import { handler as listChatsHandler } from '../../functions/chats/list-chats.ts';
import { handler as listMessagesHandler } from '../../functions/chats/list-messages.ts';
import { handler as sendHandler } from '../../functions/chats/send-message.ts';
import { handler as messageHandler } from '../../functions/websocket/message.ts';
import { call } from '../support/call.ts';
import { invoke, invokeSocket } from '../support/invoke.ts';
import { connect, newGroup, newPerson, type Person } from '../support/people.ts';
import { standIn } from '../support/stand-ins/connections.ts';

const send = (person: Person, chatId: string, body: unknown) =>
  invoke(sendHandler, sendMessage, { token: person.token, params: { chatId }, body });
const read = async (person: Person, chatId: string, query?: Record<string, string>) => {
  const { body } = await invoke(listMessagesHandler, listMessages, {
    token: person.token,
    params: { chatId },
    ...(query && { query }),
  });
  return body.messages;
};
const numbers = (messages: { seq: number }[]) => messages.map(({ seq }) => seq);

describe('sending a message', () => {
  test('returns the stored, trimmed message and delivers the same to every connection', async () => {
    const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
    const { id: chatId } = await newGroup(anna, boris);
    const sockets = await Promise.all([connect(anna, chatId), connect(boris, chatId)]);
    const { status, body } = await send(anna, chatId, { content: '  Hello  ', unknown: 1 });
    expect(status).toBe(200);
    expect(body.message).toEqual({
      id: expect.any(String),
      chatId,
      userId: anna.id,
      userName: 'Anna',
      content: 'Hello',
      type: 'text',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      seq: 2,
    });
    for (const socket of sockets) expect(standIn.received(socket)).toEqual([body.message]);
    expect((await read(boris, chatId)).at(-1)).toEqual(body.message);
  });

  test('numbers 50 concurrent messages without gaps or duplicates, identically for every reader', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => newPerson()));
    const [anna, ...others] = people as [Person, ...Person[]];
    const { id: chatId } = await newGroup(anna, ...others);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => send(people[n % 5] as Person, chatId, { content: `message ${n}` })),
    );
    expect(numbers(answers.map(({ body }) => body.message)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, n) => n + 2),
    );
    const histories = await Promise.all(people.map((person) => read(person, chatId)));
    expect(numbers(histories[0])).toEqual(Array.from({ length: 51 }, (_, n) => n + 1));
    for (const history of histories) expect(history).toEqual(histories[0]);
  });

  test.each([
    ['nothing', {}],
    ['an empty text', { content: '' }],
    ['spaces', { content: ' \n\t ' }],
    ['4,001 characters', { content: 'я'.repeat(4001) }],
    ['half a character', { content: 'a\ud800' }],
    ['a number', { content: 5 }],
    ['an empty clientId', { content: 'a', clientId: '' }],
    ['a clientId of 65 characters', { content: 'a', clientId: 'c'.repeat(65) }],
  ])('rejects %s and stores nothing', async (_what, body) => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    expect(await send(anna, chatId, body)).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    expect(numbers(await read(anna, chatId))).toEqual([1]);
  });

  test('accepts 4,000 characters of four bytes each', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const { status, body } = await send(anna, chatId, { content: '👍'.repeat(4000) });
    expect(status).toBe(200);
    expect(body.message.content).toBe('👍'.repeat(4000));
  });

  test('is refused above the rate limit, with Retry-After', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const answers = await Promise.all(Array.from({ length: 60 }, () => send(anna, chatId, { content: 'spam' })));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({
      headers: { 'retry-after': expect.stringMatching(/^[12]$/) },
      body: { code: 'too_many_requests' },
    });
    expect(await read(anna, chatId)).toHaveLength(1 + 60 - refused.length);
  });
});

describe('a retry with the same clientId', () => {
  test('returns the first message over REST and over the socket, stores it once, and delivers it again only to connections opened with events=1', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna, boris);
    const [annas, borises] = await Promise.all([connect(anna, chatId), connect(boris, chatId)]);
    const live = await connect(boris, chatId, { events: '1' });
    const clientId = randomUUID();
    const { body: first } = await send(anna, chatId, { content: 'once', clientId });
    const { body: retried } = await send(anna, chatId, { content: ' once ', clientId });
    await invokeSocket(messageHandler, 'message', annas, { frame: { type: 'message', content: 'once', clientId } });
    expect(first.message).toMatchObject({ content: 'once', clientId });
    expect(retried).toEqual(first);
    expect(standIn.received(borises)).toEqual([first.message]);
    // The author's own socket gets the message once, and once more as the answer to its retry.
    expect(standIn.received(annas)).toEqual([first.message, first.message]);
    expect(standIn.received(live)).toEqual([first.message, first.message, first.message]);
    expect(await read(boris, chatId)).toHaveLength(2);
  });

  test('stores one message for ten simultaneous requests', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const socket = await connect(anna, chatId);
    const draft = { content: 'once', clientId: 'same' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(anna, chatId, draft)));
    expect(new Set(answers.map(({ body }) => body.message.id)).size).toBe(1);
    expect(await read(anna, chatId)).toHaveLength(2);
    expect(standIn.received(socket)).toHaveLength(1);
  });

  test('is rejected with different content, over REST and over the socket', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const socket = await connect(anna, chatId);
    await send(anna, chatId, { content: 'one', clientId: 'same' });
    expect(await send(anna, chatId, { content: 'two', clientId: 'same' })).toMatchObject({
      status: 409,
      body: { code: 'client_id_reused' },
    });
    await invokeSocket(messageHandler, 'message', socket, {
      frame: { type: 'message', content: 'two', clientId: 'same' },
    });
    expect(standIn.received(socket).at(-1)).toEqual({
      type: 'error',
      code: 'client_id_reused',
      message: expect.any(String),
      clientId: 'same',
    });
    expect(await read(anna, chatId)).toHaveLength(2);
  });

  test('creates another message if another user sends it', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna, boris);
    const { body: annas } = await send(anna, chatId, { content: 'mine', clientId: '1' });
    const { body: borises } = await send(boris, chatId, { content: 'mine too', clientId: '1' });
    expect(borises.message.id).not.toBe(annas.message.id);
  });
});

describe('reading messages', () => {
  test('pages by number, always oldest first', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna, boris);
    for (let n = 2; n <= 12; n++) await send(n % 2 ? anna : boris, chatId, { content: `${n}` });
    expect(numbers(await read(anna, chatId, { limit: '3' }))).toEqual([10, 11, 12]);
    expect(numbers(await read(anna, chatId, { after: '4', limit: '3' }))).toEqual([5, 6, 7]);
    expect(numbers(await read(anna, chatId, { before: '4', limit: '2' }))).toEqual([2, 3]);
    expect(numbers(await read(anna, chatId, { before: '1' }))).toEqual([]);
    expect(numbers(await read(anna, chatId, { after: '12' }))).toEqual([]);
    expect(numbers(await read(anna, chatId, { after: '0' }))).toHaveLength(12);
  });

  test('returns 100 of the longest messages, which exceed a DynamoDB page', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => newPerson()));
    const [anna, ...others] = people as [Person, ...Person[]];
    const { id: chatId } = await newGroup(anna, ...others);
    const content = '👍'.repeat(4000);
    await Promise.all(Array.from({ length: 100 }, (_, n) => send(people[n % 12] as Person, chatId, { content })));
    const messages = await read(anna, chatId, { after: '1' });
    expect(numbers(messages)).toEqual(Array.from({ length: 100 }, (_, n) => n + 2));
  });

  test.each([
    ['limit', '0'],
    ['limit', '101'],
    ['limit', 'ten'],
    ['after', '-1'],
    ['after', '1e3'],
    ['before', '0'],
    ['before', '9999999999999999999'],
  ])('rejects %s=%s', async (name, value) => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const answer = await invoke(listMessagesHandler, listMessages, {
      token: anna.token,
      params: { chatId },
      query: { [name]: value },
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input', errors: [{ path: name }] } });
  });
});

test('rejects after and before together', async () => {
  const anna = await newPerson();
  const { id: chatId } = await newGroup(anna);
  const query = { after: '1', before: '3' };
  const answer = await invoke(listMessagesHandler, listMessages, { token: anna.token, params: { chatId }, query });
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
});

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
