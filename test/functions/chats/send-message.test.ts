import { randomUUID } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { handler as listMessagesHandler } from '../../../functions/chats/list-messages.ts';
import { handler as sendHandler } from '../../../functions/chats/send-message.ts';
import { handler as messageHandler } from '../../../functions/websocket/message.ts';
import { call } from '../../support/call.ts';
import { invoke, invokeSocket } from '../../support/invoke.ts';
import { connect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';

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
  test('returns the stored message and delivers the same to every connection', async () => {
    const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
    const { id: chatId } = await newGroup(anna, boris);
    const sockets = await Promise.all([connect(anna, chatId), connect(boris, chatId)]);
    const { status, body } = await send(anna, chatId, { content: 'Hello', unknown: 1 });
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

  test.each([
    ['an indented line', '    if (x) {\n      y();\n    }'],
    ['a tab', '\tTab'],
    ['a line break at the end', 'Hello\n'],
    ['an ideographic space', '\u3000段落'],
    ['a decomposed letter', 'e\u0301\r\n'],
    ['joiners', '👨‍👩‍👧 \u200cمی\u200cخواهم\u200d'],
  ])('stores and delivers the content exactly as sent: %s', async (_, content) => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const socket = await connect(anna, chatId);
    await send(anna, chatId, { content });
    await invokeSocket(messageHandler, 'message', socket, { frame: { type: 'message', content } });
    expect(standIn.received(socket)).toMatchObject([{ content }, { content }]);
    expect(await read(anna, chatId)).toMatchObject([{ seq: 1 }, { content }, { content }]);
  });

  test.each([' ', '\n\t', '\u00a0\u2003', '\u200b', '\u2060\ufeff', '\u3164', '\u2800'])(
    'refuses the blank content %j and takes no number',
    async (content) => {
      const anna = await newPerson();
      const { id: chatId } = await newGroup(anna);
      expect((await send(anna, chatId, { content })).body).toMatchObject({ code: 'invalid_input' });
      expect((await send(anna, chatId, { content: 'x' })).body.message.seq).toBe(2);
    },
  );

  test('gives times that never decrease with the numbers, whatever the clocks of the senders say', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna, boris);
    vi.useFakeTimers({ toFake: ['Date'] });
    const sendAt = async (person: Person, time: number): Promise<string> => {
      vi.setSystemTime(time);
      return (await send(person, chatId, { content: 'x' })).body.message.createdAt;
    };
    const start = Date.now() + 5000;
    const times = [start, start - 400, start - 800, start + 1, start - 3000];
    const sent: string[] = [];
    for (const [n, time] of times.entries()) sent.push(await sendAt(n % 2 ? boris : anna, time));
    vi.useRealTimers();
    expect(sent.map((time) => Date.parse(time) - start)).toEqual([0, 0, 0, 1, 1]);
    const { body } = await call(listChats, boris);
    expect(body.chats).toMatchObject([{ lastMessageAt: sent.at(-1) }]);
  });

  test('gives times that never decrease to 40 messages at once', async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => newPerson()));
    const { id: chatId } = await newGroup(...(people as [Person, ...Person[]]));
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => send(people[n % 4] as Person, chatId, { content: `message ${n}` })),
    );
    const times = (await read(people[0] as Person, chatId)).map(({ createdAt }: { createdAt: string }) => createdAt);
    expect(times).toHaveLength(41);
    expect(times).toEqual(times.toSorted());
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
    const { body: retried } = await send(anna, chatId, { content: 'once', clientId });
    await invokeSocket(messageHandler, 'message', annas, { frame: { type: 'message', content: 'once', clientId } });
    expect(first.message).toMatchObject({ content: 'once', clientId });
    expect(retried).toEqual(first);
    expect(standIn.received(borises)).toEqual([first.message]);
    // The author's own socket gets the message once, and once more as the answer to its retry.
    expect(standIn.received(annas)).toEqual([first.message, first.message]);
    expect(standIn.received(live)).toEqual([first.message, first.message, first.message]);
    expect(await read(boris, chatId)).toHaveLength(2);
  });

  test('is refused if only the spaces around the content differ', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    await send(anna, chatId, { content: 'once', clientId: 'same' });
    const { body } = await send(anna, chatId, { content: ' once', clientId: 'same' });
    expect(body.code).toBe('client_id_reused');
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
