import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createTicket } from '#shared/contract/auth/create-ticket.ts';
import { actions, day } from '../../infra/costs/day.ts';
import { documentWithTable, page, picturePath } from '../../infra/costs/files.ts';
import { fits } from '../../infra/costs/fits.ts';
import { picture } from '../../infra/costs/picture.ts';
import { dollarsFor, rows, servicesOf } from '../../infra/costs/table.ts';
import { dollarsOf, times } from '../../infra/costs/use.ts';
import { pricesPerGigabyte, pricesPerMillion, pricesPerMonth } from '../../infra/prices.ts';
import { call, handlerOf } from '../support/call.ts';
import { countCharged } from '../support/count-operations.ts';
import { invokeSocket } from '../support/invoke.ts';
import { connectInbox, newGroup, newPerson } from '../support/people.ts';
import { standIn } from '../support/stand-ins/connections.ts';
import { storedMany } from '../support/stored.ts';

/** What docs/costs.md says that daily users cost: its own counts, its prices, and what `npm run costs` makes of them. */

const text = readFileSync(page, 'utf8');
const rowOf = (beginning: string) => text.split('\n').find((line) => line.startsWith(`| ${beginning}`));

test('opening the app and catching up cost what is counted', async () => {
  const anna = await newPerson();
  const { id: chatId } = await newGroup(anna);
  await storedMany(anna, chatId, 40, () => 'Hello there');
  const socket = async (what: string, id: string, frame?: object) =>
    invokeSocket(await handlerOf(`websocket/${what}`), frame ? what : `$${what}`, id, frame ? { frame } : {});
  // Counting again costs one more unit.
  await call(createTicket, anna);
  const [tickets, inboxes]: string[][] = [[], []];
  const ticket = await countCharged(async () => tickets?.push((await call(createTicket, anna)).body.ticket));
  const opened = await countCharged(async () =>
    inboxes?.push(await connectInbox({ token: '' }, { ticket: tickets?.[0] as string })),
  );
  const inbox = inboxes?.[0] as string;
  const sync = (more: object) => socket('sync', inbox, { type: 'sync', chatId, after: 31, ...more });
  await sync({});
  const { epoch, rev, seq } = JSON.parse(JSON.stringify(standIn.received(inbox).at(-1)));
  const before = standIn.received(inbox).length;
  const synced = await countCharged(() => sync({ after: seq - 10, rev, epoch }));
  const frames = standIn.received(inbox).length - before + 1;
  const closed = await countCharged(() => socket('disconnect', inbox));
  const writes = opened.writes + closed.writes;
  expect([rowOf('a ticket'), rowOf('an inbox, opened'), rowOf('`sync` in a chat')]).toEqual([
    `| a ticket | 0 | ${ticket.writes} | ${ticket.reads} |`,
    `| an inbox, opened with the ticket and closed | 0 | ${writes} | ${opened.reads + closed.reads} |`,
    `| \`sync\` in a chat with 10 new messages | ${frames} | ${synced.writes} | ${synced.reads} |`,
  ]);
});

test('the table and the picture are those that npm run costs writes', () => {
  expect(text).toBe(documentWithTable());
  expect(readFileSync(picturePath, 'utf8')).toBe(picture());
  expect(Buffer.byteLength(picture())).toBeLessThan(15_000);
  expect(picture()).toContain('prefers-color-scheme:dark');
});

test('the page names every price', () => {
  const { edgeRequest, gigabyteSecond, loggedByte, ...million } = pricesPerMillion;
  const { storedItems, ...gigabyte } = pricesPerGigabyte;
  const written = (price: number) => `$${price.toFixed(Math.round(price * 100) === price * 100 ? 2 : 3)}`;
  const prices = [
    ...Object.values(million).map((price) => `${written(price)} a million`),
    ...Object.values(gigabyte).map((price) => `GB | ${written(price)}`),
    `$${(edgeRequest / 100).toFixed(4)} per 10,000`,
    `$${(gigabyteSecond / 1e6).toFixed(7)}`,
    `GB | ${written(loggedByte * 1000)}`,
    `$0.25 per GB a month, plus ${written(storedItems - 0.25)}`,
    `metrics at ${written(pricesPerMonth.alarm)}`,
    `12 metrics at ${written(pricesPerMonth.metric)}`,
  ];
  expect(prices.filter((price) => !text.includes(price))).toEqual([]);
});

test('more users cost more together and less each', () => {
  const counts = [1, 10, 1000, 50_000, 1_000_000, 10_000_000];
  const dollars = counts.map(dollarsFor);
  expect(dollars).toEqual(dollars.toSorted((a, b) => a - b));
  const each = dollars.map((total, n) => total / (counts[n] as number));
  expect(each).toEqual(each.toSorted((a, b) => b - a));
  for (const { name, once } of actions) expect(Math.min(...Object.values(once)), name).toBeGreaterThanOrEqual(0);
});

test('agrees with what is computed by hand', () => {
  // Twelve pings a day: two frames, an invocation of 5 ms with half a gigabyte, 700 logged bytes, 800 bytes out.
  const ping = 2 + 0.2 + 0.0025 * 13.3334 + 700 * 0.0005 + 0.000068 * 1000;
  const row = rows.find(([name]) => name === '12 × pings');
  expect(row?.slice(2)).toEqual([
    `$${((360 * ping) / 1000).toFixed(2)}`,
    `$${((360 * ping) / 10).toFixed(2)}`,
    `$${(360 * ping).toFixed(0)}`,
  ]);
  // Ten handshakes a day, 12% of them in an hour, and twice as many in its busiest second: 750,000 are 500 a second.
  expect(fits.find(({ name }) => name.includes('new connections'))?.users).toBeCloseTo(750_000);
});

test('the services take what the actions take, and what is stored', () => {
  const sum = (dollars: object) => Object.values(dollars).reduce((total, each) => total + each, 0);
  const ofActions = actions.map(({ perDay, once }) => sum(dollarsOf(times(30 * perDay, once))));
  const stored = sum(servicesOf(1)) - sum(dollarsOf(times(30, day)));
  // 900 messages of 400 bytes, and 60 pictures of 320 KB, for twelve months; uploads are there twice for two days.
  const gigabytes = [0.00036 * 12, 0.0192 * 12 + 0.00128] as const;
  expect(stored).toBeCloseTo(gigabytes[0] * 0.45 + gigabytes[1] * 0.023, 10);
  expect(ofActions.reduce((total, each) => total + each)).toBeCloseTo(sum(servicesOf(1)) - stored, 10);
});
