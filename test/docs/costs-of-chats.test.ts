import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { addUse } from '#shared/data/limits.ts';
import { runAll } from '../delivery/rounds.ts';
import { call, handlerOf } from '../support/call.ts';
import { countCharged } from '../support/count-operations.ts';
import { participantsOf, putAll } from '../support/growth.ts';
import { invokeSocket } from '../support/invoke.ts';
import { connect, connectInbox, newGroup, newPerson } from '../support/people.ts';
import { fillRoom, inboxesOf } from '../support/rooms.ts';
import { standIn } from '../support/stand-ins/connections.ts';

/** What docs/costs.md says that chats cost, with inboxes and with sockets: counted, and multiplied with the prices. */

/** Counts the posts, because real ones are sent again, and the participants read again, when a thousand take too long. */
const posts = vi.hoisted(() => ({ count: 0 }));
vi.mock('#shared/delivery/broadcast.ts', async (original) => ({
  ...(await original<object>()),
  broadcast: async (connections: unknown[], _: object, { onMostDone = () => {} } = {}) => {
    posts.count += connections.length;
    onMostDone();
    return [];
  },
}));

const page = readFileSync(join(import.meta.dirname, '../../docs/costs.md'), 'utf8');
/** The rows of the two tables by participants and connection: what is counted, and what it costs. */
const tables = Array.from(
  page.matchAll(/^\| participants \| each with \|.*\n\|[-|]+\n((?:\|.*\n)+)/gm),
  ([, body = '']) =>
    body
      .trim()
      .split('\n')
      .map((row) => row.split(' | ').map((cell) => cell.replaceAll('|', '').trim())),
);
const [counted = [], dollars = []] = tables;

interface Count {
  frames: number;
  writes: number;
  reads: number;
  /** The read units that fall on the table Connections. */
  ofConnections: number;
}

const textOf = ({ frames, writes, reads }: Omit<Count, 'ofConnections'>) =>
  `${frames.toLocaleString('en')} ${frames === 1 ? 'frame' : 'frames'}, ${writes} written, ${reads.toLocaleString('en')} read`;

function countIn(cell: string): Omit<Count, 'ofConnections'> {
  const [frames = 0, writes = 0, reads = 0] = cell.replaceAll(',', '').match(/\d+/g)?.map(Number) ?? [];
  return { frames, writes, reads };
}

/** Dollars for a million. */
const priceOf = ({ frames, writes, reads }: Omit<Count, 'ofConnections'>) => frames + 0.625 * writes + 0.125 * reads;
const priceOfRequest = 2.92;

const numberIn = (cell: string) => Number(cell.replaceAll(',', ''));

test.each(counted.map(([participants = '', each = '', ...cells]) => [participants, each, cells] as const))(
  'a chat of %s with %s for each costs what is counted',
  async (participants, each, cells) => {
    const chat = await chatOf(numberIn(participants), each === 'an inbox');
    const message = await chat.count(() => chat.send());
    await chat.read(1);
    // The number of participants is cached by then.
    const mark = await chat.count(() => chat.read(2));
    const typing = await chat.count(() => chat.type());
    const withOwn = (count: Count) => ({ ...count, frames: count.frames + 1 });
    expect(cells).toEqual([withOwn(message), mark, withOwn(typing)].map(textOf));
    const ofConnections = [message, mark, typing].map((count) => count.ofConnections.toLocaleString('en'));
    if (each === 'an inbox') expect(page).toContain(`\n| ${participants} | ${ofConnections.join(' | ')} |\n`);
  },
);

test('amounts times prices give the dollars', () => {
  expect(dollars.map((row) => row.slice(0, 2))).toEqual(counted.map((row) => row.slice(0, 2)));
  for (const [n, row] of dollars.entries()) {
    const [message, mark, typing] = (counted[n] as string[]).slice(2).map((cell) => priceOf(countIn(cell)));
    const others = numberIn(row[0] ?? '') - 1;
    const prices = [message ?? 0, others * ((mark ?? 0) + priceOfRequest), 3 * (typing ?? 0)];
    const all = [...prices, prices.reduce((sum, price) => sum + price)];
    for (const [c, price] of all.entries())
      expect(Math.abs(numberIn(row[2 + c] ?? '') - price), `${row}: ${price}`).toBeLessThan(0.0051);
  }
});

/** A group in which everybody is online. */
async function chatOf(participants: number, withInboxes: boolean) {
  const [anna, boris] = [await newPerson(), await newPerson()];
  const { id: chatId } = await newGroup(anna, boris);
  const open = (person: typeof anna) => (withInboxes ? connectInbox(person) : connect(person, chatId, { events: '1' }));
  const own = await open(anna);
  await open(boris);
  const writes = participantsOf(chatId, [anna.id, boris.id], participants - 2);
  await putAll(writes);
  if (withInboxes) await inboxesOf(writes.flatMap(({ Put }) => Put?.Item?.userId ?? []));
  else await fillRoom(chatId, participants - 2, { events: true });
  // A sender in a large chat is answered by itself.
  const frames = () => posts.count + standIn.received(own).length;
  // The first message of an hour costs another write.
  await addUse('deliveries', anna.id, 1, 3600);
  const post = async (type: string, fields: object = {}) =>
    invokeSocket(await handlerOf(`websocket/${type}`), type, own, { frame: { type, chatId, ...fields } });
  return {
    send: async () => {
      await post('message', { content: 'Hello there', clientId: randomUUID() });
      await runAll(chatId);
    },
    read: (seq: number) => call(markRead, boris, { params: { chatId }, body: { seq } }),
    type: () => post('typing'),
    count: async (action: () => Promise<unknown>): Promise<Count> => {
      const before = frames();
      let ofConnections = 0;
      const charged = await countCharged(async () => {
        ofConnections = (await countCharged(action, process.env.CONNECTIONS_TABLE)).reads;
      });
      return { ...charged, ofConnections, frames: frames() - before };
    },
  };
}
