import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { searchMessages } from '#shared/contract/chats/search-messages.ts';
import { call } from '../support/call.ts';
import { countCharged, countOperations } from '../support/count-operations.ts';
import { newGroup, newPerson } from '../support/people.ts';
import { storedMany } from '../support/stored.ts';

/** What docs/costs.md says that a search costs: counted, and multiplied with the prices. */

const page = readFileSync(join(import.meta.dirname, '../../docs/costs.md'), 'utf8');
const [, body = ''] = /^\| a search of \|.*\n\|[-|]+\n((?:\|.*\n)+)/m.exec(page) ?? [];
const rows = body.split('\n').map((row) => row.split('|').map((cell) => cell.trim()));
const rowOf = (name: string) => rows.find((cells) => cells[1] === name)?.slice(2, -1);

const searches: [string, Record<string, string>][] = [
  ['10,000 messages, without a hit', { q: 'nothing' }],
  ['1,000 messages, without a hit', { q: 'nothing', before: '1001' }],
  ['the newest 250 messages, with 20 hits', { q: 'палатка' }],
];

test('a search costs what is counted', async () => {
  const anna = await newPerson();
  const { id: chatId } = await newGroup(anna);
  // 260 bytes each.
  const text = 'Собираемся в субботу у метро, палатки и спальники берём с собой';
  await storedMany(anna, chatId, 9_999, (seq) => `${text}, ${seq}`);
  // Counting again costs one more unit.
  const search = (query: Record<string, string>) => () => call(searchMessages, anna, { params: { chatId }, query });
  // The author's name is cached by then too.
  await search({ q: 'палатка' })();
  for (const [name, query] of searches) {
    const { operations } = await countOperations(search(query));
    const { reads, writes } = await countCharged(search(query));
    const dollars = (reads * 0.125 + writes * 0.625).toFixed(2);
    expect(rowOf(name), name).toEqual([String(operations.length), String(reads), String(writes), dollars]);
  }
});
