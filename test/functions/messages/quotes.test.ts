import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import type { StoredMessage } from '#shared/data/chats/messages.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { edit, react, remove, type Sent, sent } from '../../support/changes.ts';
import { countOperations } from '../../support/count-operations.ts';
import { newGroup, newPerson, type Person } from '../../support/people.ts';
import { stored, storedMany } from '../../support/stored.ts';

/** What a reply shows of the message that it quotes. */

afterEach(() => {
  process.env.STAGE_LANGUAGE = 'en';
});

async function scene(name = 'Anna') {
  const [anna, boris] = [await newPerson(name), await newPerson('Boris')];
  const { id: chatId } = await newGroup(anna, boris);
  return { anna, boris, chatId };
}

const reply = (person: Person, chatId: string, replyToSeq: number): Promise<StoredMessage> =>
  stored(person, chatId, { content: 'Yes', replyToSeq });

/** The newest message, alone on its page. */
async function newest(person: Person, chatId: string): Promise<Json> {
  const { body } = await call(listMessages, person, { params: { chatId }, query: { limit: '1' } });
  return body.messages[0];
}

const bytesOf = (quote: unknown) => Buffer.byteLength(JSON.stringify(quote));

test('a reply shows the message it quotes, whether or not that is on the same page', async () => {
  const { anna, boris, chatId } = await scene();
  const question = await sent(anna, chatId, 'Hills or lake?');
  const { seq } = await reply(boris, chatId, question.seq);
  const replyTo = {
    messageId: question.id,
    seq: question.seq,
    version: 0,
    userId: anna.id,
    userName: 'Anna',
    content: 'Hills or lake?',
    type: 'text',
  };
  expect(await newest(anna, chatId)).toMatchObject({ seq, content: 'Yes' });
  expect((await newest(anna, chatId)).replyTo).toEqual(replyTo);
  const { body } = await call(listMessages, boris, { params: { chatId } });
  expect(body.messages.map((message: Json) => message.replyTo)).toEqual([undefined, undefined, replyTo]);
});

test('a quote is in the current state: edited, then a tombstone with the text of the stage', async () => {
  const { anna, boris, chatId } = await scene();
  const question = await sent(anna, chatId, 'Hils or lake?');
  await reply(boris, chatId, question.seq);
  await edit(anna, question, 'Hills or lake?');
  expect((await newest(boris, chatId)).replyTo).toMatchObject({ version: 1, content: 'Hills or lake?' });
  await react(boris, question, '👍');
  expect((await newest(boris, chatId)).replyTo).toMatchObject({ version: 2, content: 'Hills or lake?' });
  const { body } = await remove(anna, question);
  const tombstone = { version: 3, content: 'Message deleted', deletedAt: body.message.deletedAt };
  expect((await newest(boris, chatId)).replyTo).toMatchObject(tombstone);
  process.env.STAGE_LANGUAGE = 'ru';
  expect((await newest(boris, chatId)).replyTo).toMatchObject({ ...tombstone, content: 'Сообщение удалено' });
});

test('a tombstone quotes nothing', async () => {
  const { anna, boris, chatId } = await scene();
  const { seq, chatId: of } = await reply(boris, chatId, 1);
  const { body } = await remove(boris, { id: `${of}-${seq}`, chatId, seq } satisfies Sent);
  expect(body.message).not.toHaveProperty('replyTo');
  // Another change that was on its way may write to it before the rest is erased.
  await stored(anna, chatId, {
    replyToSeq: 1,
    deletedAt: new Date().toISOString(),
    pinnedAt: 'now',
    mentions: [anna.id],
  });
  expect(Object.keys(await newest(anna, chatId))).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/replyTo|pinned|mentions/)]),
  );
});

test('a system message is quoted in its wording, and an answer of the assistant with its own id', async () => {
  const { anna, boris, chatId } = await scene();
  await reply(boris, chatId, 1);
  expect((await newest(anna, chatId)).replyTo).toMatchObject({
    messageId: `${chatId}-1`,
    userId: anna.id,
    content: '\u2068Anna\u2069 created the group',
    type: 'system',
  });
  const clientId = randomUUID();
  const ai = { userId: 'assistant', type: 'ai', content: 'The lake.', question: 'Where?', askedBy: anna.id } as const;
  const answer = await stored(anna, chatId, { ...ai, clientId });
  await reply(boris, chatId, answer.seq);
  expect((await newest(anna, chatId)).replyTo).toEqual({
    messageId: clientId,
    seq: answer.seq,
    version: 0,
    userId: 'assistant',
    userName: 'Assistant',
    content: 'The lake.',
    type: 'ai',
  });
});

test('a quote of a message that is not there is left out', async () => {
  const { anna, boris, chatId } = await scene();
  const { seq } = await reply(boris, chatId, 999);
  const message = await newest(anna, chatId);
  expect(message).toMatchObject({ seq, content: 'Yes' });
  expect(message).not.toHaveProperty('replyTo');
});

test('the author of a quote who has left and one whose account is gone keep their words', async () => {
  const { anna, chatId } = await scene();
  const gone = { id: randomUUID() };
  const { seq } = await stored(gone, chatId, { content: 'I was here' });
  await reply(anna, chatId, seq);
  expect((await newest(anna, chatId)).replyTo).toMatchObject({ userName: 'Deleted user', content: 'I was here' });
});

test.each([
  ['plain text', 'Anna', 'x'.repeat(4000)],
  ['quotation marks, which JSON escapes', 'Anna', '"'.repeat(4000)],
  ['line breaks', 'Anna', `${'\n'.repeat(3999)}x`],
  ['control characters, which take six bytes', 'Anna', `${'\u0001'.repeat(3999)}x`],
  ['Russian', 'Анна', 'щ'.repeat(4000)],
  ['families', '😀'.repeat(80), '👨‍👩‍👧‍👦'.repeat(500)],
  ['a long name with quotation marks', '"A"'.repeat(26), 'A text. '.repeat(500)],
  ['a giant character', 'Anna', `a${'\u0301'.repeat(3999)}`],
])('a quote takes 600 bytes at most and cuts no character: %s', async (_what, name, content) => {
  const { anna, boris, chatId } = await scene(name);
  const question = await stored(anna, chatId, { content });
  await reply(boris, chatId, question.seq);
  const { replyTo } = await newest(boris, chatId);
  expect(bytesOf(replyTo)).toBeLessThanOrEqual(600);
  expect(replyTo.userName).toBe(name);
  expect(content.startsWith(replyTo.content)).toBe(true);
  const characters = (text: string) => Array.from(new Intl.Segmenter('en').segment(text), ({ segment }) => segment);
  const shown = characters(replyTo.content);
  if (content[1] !== '\u0301') expect(shown).toEqual(characters(content).slice(0, shown.length));
  // One more would not fit, nor the mark that ends a name.
  const [next = ''] = characters(content).slice(shown.length);
  if (next) expect(bytesOf({ ...replyTo, content: replyTo.content + next })).toBeGreaterThan(600 - 3);
});

test('a quote takes 600 bytes at most with the longest names, ids and numbers', async () => {
  const { anna, boris, chatId } = await scene('😀'.repeat(80));
  const deletedAt = new Date().toISOString();
  const seq = 999_999_999_998;
  await stored(anna, chatId, { seq, version: 1_000_000, deletedAt });
  await stored(boris, chatId, { replyToSeq: seq });
  const { body } = await call(listMessages, boris, { params: { chatId }, query: { before: '4' } });
  const { replyTo } = body.messages.at(-1);
  expect(replyTo).toMatchObject({ userName: '😀'.repeat(80), deletedAt });
  expect(bytesOf(replyTo)).toBeLessThanOrEqual(600);
});

test('a system message that is cut isolates no text behind it', async () => {
  const { anna, boris, chatId } = await scene('ש'.repeat(80));
  const memberIds = await Promise.all(
    Array.from({ length: 5 }, async (_, n) => (await newPerson(`${n}${'ש'.repeat(79)}`)).id),
  );
  const added = await stored(anna, chatId, { type: 'system', event: 'added', memberIds });
  await reply(boris, chatId, added.seq);
  const { replyTo } = await newest(boris, chatId);
  expect(bytesOf(replyTo)).toBeLessThanOrEqual(600);
  expect(bytesOf(replyTo)).toBeGreaterThan(580);
  expect(replyTo.content.split('\u2068')).toHaveLength(replyTo.content.split('\u2069').length);
  expect(replyTo.content.endsWith('\u2069')).toBe(true);
});

test('a page of a hundred replies takes one read and one trip more for all quotes', async () => {
  const { anna, boris, chatId } = await scene();
  const carol = await newPerson('Carol');
  await storedMany(carol, chatId, 100);
  await Promise.all(Array.from({ length: 100 }, (_, n) => reply(n % 2 ? anna : boris, chatId, 2 + n)));
  const read = () => call(listMessages, anna, { params: { chatId }, query: { after: '101' } });
  const counted = await countOperations(async () => {
    const { body } = await read();
    const quotes = body.messages.map((message: Json) => message.replyTo);
    expect(quotes.map(({ seq }: Json) => seq).toSorted((a: number, b: number) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, n) => 2 + n),
    );
    for (const { seq, content, userName } of quotes) expect([content, userName]).toEqual([`${seq}`, 'Carol']);
  });
  expect(counted).toEqual({ operations: ['BatchGetItem', 'BatchGetItem', 'GetItem', 'Query', 'Query'], trips: 3 });
  expect(await countOperations(read)).toEqual({ operations: ['BatchGetItem', 'GetItem', 'Query', 'Query'], trips: 2 });
});

test('quotes from the same page are not read again', async () => {
  const { anna, boris, chatId } = await scene();
  for (let n = 0; n < 5; n++) await reply(boris, chatId, n + 1);
  const read = () => call(listMessages, anna, { params: { chatId } });
  await read();
  expect(await countOperations(read)).toEqual({ operations: ['GetItem', 'Query', 'Query'], trips: 1 });
});

test('the list of chats reads no quotes', async () => {
  const { anna, boris, chatId } = await scene();
  await reply(boris, chatId, 1);
  await call(listChats, anna);
  expect(await countOperations(() => call(listChats, anna))).toEqual({
    operations: ['BatchGetItem', 'BatchGetItem', 'BatchGetItem', 'Query'],
    trips: 3,
  });
});
