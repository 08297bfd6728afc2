import { describe, expect, test } from 'vitest';
import { Reader } from '../../../../infra/local/playground/client/realtime/reader.ts';
import type { Message } from '../../../../shared/contract/chats/message.ts';

const message = (seq: number, state: Partial<Message> = {}): Message => ({
  id: `message-${seq}`,
  chatId: 'chat',
  userId: 'anna',
  userName: 'Anna',
  content: `Text ${seq}`,
  type: 'text',
  createdAt: '2026-03-05T09:00:00.000Z',
  seq,
  ...state,
});

const edited = (seq: number, version: number): Message =>
  message(seq, { version, content: `Version ${version}`, editedAt: '2026-03-05T09:01:00.000Z' });

const tombstone = (seq: number, version: number): Message =>
  message(seq, { version, content: 'Message deleted', deletedAt: '2026-03-05T09:02:00.000Z', deletedBy: 'anna' });

const reply = (seq: number, to: Message, state: Partial<Message> = {}): Message => {
  const { id, version = 0, userId, userName, content, type, deletedAt } = to;
  const replyTo = { messageId: id, seq: to.seq, version, userId, userName, content, type, deletedAt };
  return message(seq, { replyTo, ...state });
};

/** A reader that has loaded a page with these messages. */
function readerOf(...messages: Message[]): Reader {
  const reader = new Reader();
  reader.restart(messages, 0, 'epoch');
  return reader;
}

const contents = ({ messages }: Reader) => messages.map(({ content }) => content);
const quotes = ({ messages }: Reader) => messages.map(({ replyTo }) => replyTo?.content);

describe('the state of a message', () => {
  test.each([
    ['in order', [edited(5, 1), edited(5, 2)]],
    ['in any order', [edited(5, 2), edited(5, 1)]],
    ['twice', [edited(5, 2), edited(5, 1), edited(5, 2)]],
  ])('is the one with the highest version, if changes come %s', (_order, changes) => {
    const reader = readerOf(message(5));
    for (const change of changes) reader.changed(change);
    expect(contents(reader)).toEqual(['Version 2']);
  });

  test('stays when an older one comes as a message or in a page', () => {
    const reader = readerOf(edited(5, 2));
    for (const late of [message(5), edited(5, 1)]) reader.receive(late);
    expect(contents(reader)).toEqual(['Version 2']);
  });

  test('is replaced by a newer one from a page', () => {
    const reader = readerOf(edited(5, 1));
    reader.receive(edited(5, 2));
    expect(contents(reader)).toEqual(['Version 2']);
  });

  test.each([
    ['before', [edited(5, 9), tombstone(5, 2)]],
    ['after', [tombstone(5, 2), edited(5, 9), message(5)]],
  ])('is deleted for ever, if the deletion comes %s other states', (_order, changes) => {
    const reader = readerOf(message(5));
    for (const change of changes) reader.changed(change);
    expect(contents(reader)).toEqual(['Message deleted']);
  });

  test('is another object only when it has changed', () => {
    const reader = readerOf(message(5), message(6));
    const [first, second] = reader.messages;
    reader.changed(edited(5, 1));
    reader.receive(message(6));
    expect(reader.messages[0]).not.toBe(first);
    expect(reader.messages[1]).toBe(second);
  });
});

describe('a changed message that is not here', () => {
  test('wins over its message that comes late', () => {
    const reader = readerOf(message(5));
    reader.changed(tombstone(7, 1));
    for (const late of [message(6), message(7)]) reader.receive(late);
    expect(contents(reader)).toEqual(['Text 5', 'Text 6', 'Message deleted']);
    expect([reader.cursor, reader.behind]).toEqual([7, false]);
  });

  test('leaves the gap below it open', () => {
    const reader = readerOf(message(5));
    reader.changed(edited(8, 1));
    expect([reader.cursor, reader.behind]).toEqual([5, true]);
  });

  test('wins over its page of history, which may have been on its way', () => {
    const reader = readerOf(message(5));
    reader.changed(edited(3, 1));
    reader.changed(tombstone(3, 2));
    reader.changed(edited(3, 1));
    expect(contents(reader)).toEqual(['Text 5']);
    expect(reader.cursor).toBe(5);
    for (const old of [message(3), message(4)]) reader.receive(old);
    expect(contents(reader)).toEqual(['Message deleted', 'Text 4', 'Text 5']);
  });

  test('is the first one of a chat without messages on the page', () => {
    const reader = readerOf();
    reader.changed(edited(1, 1));
    expect([contents(reader), reader.cursor]).toEqual([['Version 1'], 1]);
  });

  test('is history in a chat without messages on the page, too', () => {
    const reader = readerOf();
    reader.synced(9);
    reader.changed(edited(3, 1));
    expect(reader.messages).toEqual([]);
  });
});

describe('a quote', () => {
  test('follows the message that it quotes', () => {
    const reader = readerOf(message(5), reply(6, message(5)));
    reader.changed(edited(5, 1));
    expect(quotes(reader)).toEqual([undefined, 'Version 1']);
    reader.changed(tombstone(5, 2));
    expect(reader.messages[1]?.replyTo).toMatchObject({
      version: 2,
      content: 'Message deleted',
      deletedAt: '2026-03-05T09:02:00.000Z',
    });
  });

  test('follows a message of the history that is not loaded', () => {
    const reader = readerOf(reply(6, message(5)));
    reader.changed(tombstone(5, 1));
    expect(quotes(reader)).toEqual(['Message deleted']);
  });

  test('that comes late does not bring the erased text back', () => {
    const reader = readerOf(reply(6, message(5)));
    reader.changed(tombstone(5, 1));
    reader.receive(reply(7, message(5)));
    reader.changed(reply(6, message(5), { version: 1, content: 'Edited' }));
    expect(quotes(reader)).toEqual(['Message deleted', 'Message deleted']);
    expect(contents(reader)).toEqual(['Edited', 'Text 7']);
  });

  test('of an older state is replaced by a newer one in a page', () => {
    const reader = readerOf(reply(6, message(5)));
    reader.receive(reply(6, edited(5, 1)));
    expect(quotes(reader)).toEqual(['Version 1']);
    reader.receive(reply(6, message(5)));
    expect(quotes(reader)).toEqual(['Version 1']);
  });

  test('is the newest one that is known, also beside a newer state of the reply', () => {
    const reader = readerOf(reply(6, edited(5, 2)));
    reader.changed(reply(6, edited(5, 1), { version: 1, content: 'Edited' }));
    expect([contents(reader), quotes(reader)]).toEqual([['Edited'], ['Version 2']]);
  });

  test('has the beginning of a long text', () => {
    const reader = readerOf(message(5), reply(6, message(5)));
    reader.changed({ ...edited(5, 1), content: '👍'.repeat(300) });
    expect(quotes(reader)[1]).toBe('👍'.repeat(200));
  });
});

test('of two same states, the one whose files have URLs of a later day counts, unless it is older', () => {
  const withUrl = (day: number, state: Message) =>
    ({ ...state, attachments: [{ url: `https://chat/files/a?w=${day}&v=1&s=x` }] }) as Message;
  const reader = readerOf(withUrl(100, edited(5, 2)));
  const urls = () => reader.messages[0]?.attachments?.[0]?.url;
  for (const day of [103, 102]) reader.changed(withUrl(day, edited(5, 2)));
  expect(urls()).toContain('w=103');
  reader.receive(withUrl(104, edited(5, 1)));
  expect(urls()).toContain('w=103');
  reader.receive(withUrl(101, edited(5, 3)));
  expect(urls()).toContain('w=101');
});

test('beginning anew forgets messages, states and quotes of before', () => {
  const reader = readerOf(message(5), message(6));
  reader.changed(edited(2, 3));
  reader.changed(tombstone(6, 1), 9);
  reader.restart([message(4), message(5)], 2, 'restored');
  for (const late of [message(2), message(3), message(6)]) reader.receive(late);
  expect(contents(reader)).toEqual([2, 3, 4, 5, 6].map((seq) => `Text ${seq}`));
  expect([reader.cursor, reader.changes.request]).toEqual([6, { rev: 2, epoch: 'restored' }]);
});

test('a live change moves the cursor over changes, and one from an answer does not', () => {
  const reader = readerOf(message(5));
  reader.changed(edited(5, 1), 1);
  reader.changed(edited(5, 2));
  expect(reader.changes.rev).toBe(1);
});

describe('a reader that forgets its oldest messages', () => {
  const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => message(first + n));
  const seqs = ({ messages }: Reader) => messages.map(({ seq }) => seq);

  test('misses none of them, and goes on with the next number', () => {
    const reader = readerOf(...range(11, 30));
    reader.trim(5);
    expect(seqs(reader)).toEqual([26, 27, 28, 29, 30]);
    expect([reader.cursor, reader.behind]).toEqual([30, false]);
    reader.receive(message(31));
    expect([reader.cursor, reader.behind]).toEqual([31, false]);
    expect([reader.isHistory(message(25)), reader.isHistory(message(26))]).toEqual([true, false]);
  });

  test('takes them from a page again, in the state in which they have changed meanwhile', () => {
    const reader = readerOf(...range(1, 10));
    reader.trim(2);
    reader.changed(edited(8, 2));
    expect(seqs(reader)).toEqual([9, 10]);
    reader.receive(message(8));
    expect(contents(reader)).toEqual(['Version 2', 'Text 9', 'Text 10']);
  });

  test('keeps what is above a hole', () => {
    const reader = readerOf(...range(1, 3));
    for (const one of range(5, 9)) reader.receive(one);
    reader.trim(2);
    expect(seqs(reader)).toEqual([5, 6, 7, 8, 9]);
    expect([reader.cursor, reader.behind]).toEqual([3, true]);
    reader.receive(message(4));
    expect([reader.cursor, reader.behind]).toEqual([9, false]);
  });

  test('knows how many numbers above another one are not loaded, also when it has loaded some again', () => {
    const reader = readerOf(...range(11, 30));
    expect([0, 10, 15].map((seq) => reader.unloadedAfter(seq))).toEqual([10, 0, 0]);
    reader.trim(5);
    expect([0, 15, 25, 28].map((seq) => reader.unloadedAfter(seq))).toEqual([25, 10, 0, 0]);
    for (const one of range(16, 25)) reader.receive(one);
    expect(reader.unloadedAfter(10)).toBe(5);
    for (const one of range(1, 15)) reader.receive(one);
    expect(reader.unloadedAfter(0)).toBe(0);
  });

  test('does not collect the changes of history without end', () => {
    const reader = readerOf(...range(2001, 2002));
    for (let seq = 1; seq <= 2000; seq++) reader.changed(edited(seq, 1));
    const known = range(1, 2000).filter(({ id }) => reader.get(id));
    expect(known.length).toBeLessThanOrEqual(500);
    expect(reader.get('message-2000')).toBeDefined();
  });
});
