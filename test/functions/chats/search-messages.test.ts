import { expect, test } from 'vitest';
import { nextNumber } from '#shared/chats/messages/next-number.ts';
import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { searchMessages } from '#shared/contract/chats/search-messages.ts';
import { call } from '../../support/call.ts';
import { edit, pin, react, remove, sent } from '../../support/changes.ts';
import { countCharged, countOperations } from '../../support/count-operations.ts';
import { announced, uploaded } from '../../support/files.ts';
import { interceptNext } from '../../support/intercept-next.ts';
import { newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { stored, storedMany } from '../../support/stored.ts';

const search = (person: Pick<Person, 'token'>, chatId: string, q: string, more: Record<string, string> = {}) =>
  call(searchMessages, person, { params: { chatId }, query: { q, ...more } });

interface Page {
  messages: { seq: number }[];
  searchedTo?: number;
}

const seqs = ({ messages }: Page) => messages.map(({ seq }) => seq);

async function annaAndBoris() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  return { anna, boris, chatId: await newDirect(anna, boris) };
}

/** Searches page by page to the end of the chat: the numbers of each page. A minute has 20 searches. */
async function searchAll(person: Person, chatId: string, q: string, limit: number): Promise<number[][]> {
  const pages: number[][] = [];
  let before: number | undefined;
  do {
    const query = { limit: `${limit}`, ...(before !== undefined && { before: `${before}` }) };
    const { status, body } = await search(person, chatId, q, query);
    expect(status).toBe(200);
    pages.push(seqs(body));
    before = body.searchedTo;
  } while (before !== undefined);
  return pages;
}

test('finds messages as they are shown, newest first', async () => {
  const { anna, boris, chatId } = await annaAndBoris();
  const first = await sent(anna, chatId, 'Едем на озеро?');
  await sent(boris, chatId, 'Да');
  const reply = await sent(boris, chatId, 'Какое ОЗЁРО?', { replyToId: first.id });
  await react(boris, first, '👍');
  await pin(anna, first);
  const { body } = await search(boris, chatId, 'озером');
  expect(seqs(body)).toEqual([3, 1]);
  expect(body.searchedTo).toBeUndefined();
  const page = await call(listMessages, boris, { params: { chatId } });
  expect(body.messages).toEqual([page.body.messages[2], page.body.messages[0]]);
  expect(body.messages[0]).toMatchObject({ id: reply.id, replyTo: { messageId: first.id } });
});

test('is refused to a stranger, and to a member who has left, before any message is read', async () => {
  const [anna, boris, stranger] = await Promise.all([newPerson(), newPerson(), newPerson()]);
  const { id: chatId } = await newGroup(anna, boris);
  await sent(anna, chatId, 'lake');
  await call(leaveChat, boris, { params: { chatId } });
  const { operations } = await countOperations(async () => {
    expect((await search(stranger, chatId, 'lake')).body.code).toBe('not_a_participant');
    expect((await search(boris, chatId, 'lake')).body.code).toBe('not_a_participant');
  });
  expect(operations).not.toContain('Query');
  expect((await search(anna, 'no-such-chat', 'lake')).body.code).toBe('not_a_participant');
});

test('an edit and a deletion count at once', async () => {
  const { anna, boris, chatId } = await annaAndBoris();
  const message = await sent(anna, chatId, 'to the lake');
  const gone = await sent(anna, chatId, 'to the lake too');
  await sent(boris, chatId, 'quoting', { replyToId: gone.id });
  await edit(anna, message, 'to the hills');
  await remove(anna, gone, { reason: 'no lake' });
  expect((await search(boris, chatId, 'lake')).body.messages).toEqual([]);
  expect(seqs((await search(boris, chatId, 'hills')).body)).toEqual([1]);
  // What the server says in place of a deleted message.
  expect((await search(boris, chatId, 'deleted')).body.messages).toEqual([]);
});

test('a hit that is edited or deleted while the search runs is left out', async () => {
  const { anna, chatId } = await annaAndBoris();
  const [first, second] = [await sent(anna, chatId, 'lake'), await sent(anna, chatId, 'lake')];
  await sent(anna, chatId, 'lake');
  interceptNext('BatchGetItem', async (_, go) => {
    await edit(anna, first, 'hills');
    await remove(anna, second);
    return go();
  });
  expect(seqs((await search(anna, chatId, 'lake')).body)).toEqual([3]);
});

test('finds captions and names of files, but not what the server says instead of a text', async () => {
  const { anna, chatId } = await annaAndBoris();
  const [sea, lake] = [await uploaded(anna), await uploaded(anna, { name: 'Отчёт (1).jpg' })];
  await sent(anna, chatId, '', { fileIds: [sea] });
  await sent(anna, chatId, 'evening', { fileIds: [lake] });
  const found = async (q: string) => seqs((await search(anna, chatId, q)).body);
  expect(announced()).toMatchObject({ name: 'sea.jpg' });
  expect(await found('photo')).toEqual([]);
  expect(await found('SEA.JPG')).toEqual([1]);
  expect(await found('jpg')).toEqual([2, 1]);
  expect(await found('evening')).toEqual([2]);
  expect(await found('отчета evening')).toEqual([2]);
});

test('finds answers of the assistant, and neither system messages nor questions', async () => {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const { id: chatId } = await newGroup(anna, boris);
  const answer = { type: 'ai', clientId: 'answer', question: 'Which one is created?', askedBy: anna.id } as const;
  await stored({ id: assistantId }, chatId, { ...answer, content: 'The lake.' });
  expect(seqs((await search(boris, chatId, 'lake')).body)).toEqual([2]);
  expect(seqs((await search(boris, chatId, 'lake', { from: assistantId })).body)).toEqual([2]);
  expect((await search(boris, chatId, 'created')).body.messages).toEqual([]);
  expect((await search(boris, chatId, 'anna')).body.messages).toEqual([]);
});

test('with from, finds only messages of this author', async () => {
  const { anna, boris, chatId } = await annaAndBoris();
  for (const person of [anna, boris, anna]) await sent(person, chatId, 'lake');
  const from = async (id: string) => seqs((await search(boris, chatId, 'lake', { from: id })).body);
  expect(await from(anna.id)).toEqual([3, 1]);
  expect(await from(boris.id)).toEqual([2]);
  expect(await from('nobody')).toEqual([]);
});

test('pages through tombstones and numbers without a message, each hit once, while messages arrive', async () => {
  const { anna, chatId } = await annaAndBoris();
  for (let seq = 1; seq <= 30; seq++) {
    if (seq % 7 === 0) await nextNumber(chatId, { userId: anna.id });
    else if (seq % 5 === 0) await stored(anna, chatId, { content: 'lake', deletedAt: new Date().toISOString() });
    else await stored(anna, chatId, { content: seq % 2 ? 'lake' : 'hills' });
  }
  const hits = Array.from({ length: 30 }, (_, n) => 30 - n).filter((seq) => seq % 2 && seq % 5 && seq % 7);
  const { body } = await search(anna, chatId, 'lake', { limit: '3' });
  expect(seqs(body)).toEqual(hits.slice(0, 3));
  await storedMany(anna, chatId, 5, () => 'lake');
  const next = await search(anna, chatId, 'lake', { limit: '4', before: `${body.searchedTo}` });
  expect(seqs(next.body)).toEqual(hits.slice(3, 7));
  const rest = await search(anna, chatId, 'lake', { before: `${next.body.searchedTo}` });
  expect(seqs(rest.body)).toEqual(hits.slice(7));
  expect(rest.body.searchedTo).toBeUndefined();
});

test('has no searchedTo when the oldest message is the last hit, and answers before any number', async () => {
  const { anna, chatId } = await annaAndBoris();
  expect((await search(anna, chatId, 'lake')).body).toEqual({ messages: [] });
  for (let n = 0; n < 2; n++) await sent(anna, chatId, 'lake');
  expect((await search(anna, chatId, 'lake', { limit: '2' })).body.searchedTo).toBeUndefined();
  expect((await search(anna, chatId, 'lake', { limit: '1' })).body.searchedTo).toBe(2);
  expect(seqs((await search(anna, chatId, 'lake', { before: '999999999998' })).body)).toEqual([2, 1]);
  expect((await search(anna, chatId, 'lake', { before: '1' })).body).toEqual({ messages: [] });
});

test('a request searches 10,000 numbers, and stops at enough hits', async () => {
  const { anna, chatId } = await annaAndBoris();
  await storedMany(anna, chatId, 10_300, (seq) => (seq % 100 === 0 ? 'lake' : seq % 50 === 0 ? 'hills' : undefined));
  expect((await search(anna, chatId, 'nothing')).body).toEqual({ messages: [], searchedTo: 301 });
  expect(await searchAll(anna, chatId, 'nothing', 20)).toEqual([[], []]);
  const few = await countOperations(() => search(anna, chatId, 'lake', { limit: '2' }));
  expect(few.operations.filter((name) => name === 'Query')).toHaveLength(1);
  const all = await searchAll(anna, chatId, 'lake', 50);
  expect(all.flat()).toEqual(Array.from({ length: 103 }, (_, n) => 10_300 - 100 * n));
});

test('a request reads at most 6 MB of long messages, and a search that goes on misses none', async () => {
  const { anna, chatId } = await annaAndBoris();
  // 16 KB each below 250 gaps, so that the first ranges are too wide and cut off.
  const long = (seq: number) => `${'👍'.repeat(3990)} ${seq % 8 ? '' : 'eighth'}`;
  await storedMany(anna, chatId, 2250, (seq) => (seq <= 2000 && seq % 4 === 0 ? long(seq) : undefined));
  const { reads } = await countCharged(async () => {
    const { body } = await search(anna, chatId, 'nothing');
    expect(body).toEqual({ messages: [], searchedTo: expect.any(Number) });
  });
  expect(reads).toBeGreaterThan(4 * 128);
  expect(reads).toBeLessThan(6 * 128 + 10);
  const eighths = Array.from({ length: 250 }, (_, n) => 2000 - 8 * n);
  expect((await searchAll(anna, chatId, 'eighth', 50)).flat()).toEqual(eighths);
});

test.each([
  ['missing', {}],
  ['too_short', { q: '  ' }],
  ['too_long', { q: 'x'.repeat(101) }],
  ['invisible', { q: '\u200B' }],
  ['no_word', { q: '?!…' }],
  ['malformed_text', { q: 'x\uD800' }],
  ['too_large', { q: 'x', limit: '51' }],
  ['too_small', { q: 'x', before: '0' }],
])('refuses a query: %s', async (rule, query) => {
  const { anna, chatId } = await annaAndBoris();
  const { status, body } = await call(searchMessages, anna, { params: { chatId }, query });
  expect([status, body.errors[0].rule]).toEqual([400, rule]);
});
