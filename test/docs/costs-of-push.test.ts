import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import type { PushEvent } from '#shared/delivery/push.ts';
import { call } from '../support/call.ts';
import { sent } from '../support/changes.ts';
import { countCharged } from '../support/count-operations.ts';
import { newGroup, newPerson } from '../support/people.ts';
import { newDevice, pass, shown, takeQueued, work } from '../support/push.ts';

/** What docs/costs.md says that push notifications cost: counted, and multiplied with the prices. */

const page = readFileSync(join(import.meta.dirname, '../../docs/costs.md'), 'utf8');
const [, body = ''] = /^\| participants \| nobody reads it \|.*\n\|[-|]+\n((?:\|.*\n)+)/m.exec(page) ?? [];
const rows = body
  .trim()
  .split('\n')
  .map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

/** Dollars for a million: the two requests that Lambda makes to SQS are in the text below the table. */
const priceOf = (writes: number, reads: number) => (0.625 * writes + 0.125 * reads).toFixed(2);

async function cellOf(events: PushEvent[]): Promise<string> {
  const { writes, reads } = await countCharged(() => work(...events));
  return `${writes} written, ${reads} read, $${priceOf(writes, reads)}`;
}

test.each(rows)('a message to %s participants costs what is counted', async (participants, ...cells) => {
  const people = await Promise.all(Array.from({ length: Number(participants) }, () => newPerson()));
  const [author, ...others] = people as [Awaited<ReturnType<typeof newPerson>>];
  const { id: chatId } = await newGroup(author, ...others);
  takeQueued(chatId);
  const send = async () => {
    const { seq } = await sent(author, chatId);
    return { seq, events: takeQueued(chatId).map(({ event }) => event) };
  };
  const withoutDevices = await cellOf((await send()).events);
  const tokens = await Promise.all(others.map((person) => newDevice(person)));
  const unread = await cellOf((await send()).events);
  expect(tokens.map((token) => shown(token).length)).toEqual(others.map(() => 1));
  pass(11);
  const { seq, events } = await send();
  await Promise.all(others.map((person) => call(markRead, person, { params: { chatId }, body: { seq } })));
  expect(cells).toEqual([unread, withoutDevices, await cellOf(events)]);
});
