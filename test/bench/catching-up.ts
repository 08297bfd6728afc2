import { standIn as connections } from '../support/stand-ins/connections.ts';
import { type CaughtUp, notRight } from './catching-up/events.ts';
import { catchUpByTimeline } from './catching-up/matrix.ts';
import { catchUpByTime } from './catching-up/since.ts';
import { surround } from './surroundings.ts';

/**
 * `npm run bench:catching-up`: what a client receives that was away during 1,000 messages and 300 reactions, here and in
 * models of two other ways, which replay the same history.
 */

const { end } = await surround();
process.env.CONNECTIONS_URL = connections.url;
// They read the environment when they are imported.
const { BusyChat } = await import('./catching-up/chat.ts');
const { Client } = await import('./catching-up/ours.ts');

const chat = await BusyChat.begin();
const loaded = async () => {
  const client = new Client(chat.reader, chat.id);
  await client.load();
  return client;
};
const [onSocket, overRest] = [await loaded(), await loaded()];
const before = onSocket.held;
await chat.goOn();
const { events } = chat;
const truth = await chat.read();

const rows: [string, CaughtUp][] = [
  ['seq and rev, sync on a socket', await onSocket.catchUpOnSocket()],
  ['seq and rev, GET messages and changes', await overRest.catchUpOverRest()],
  ['one timeline (Matrix), the gap is read', catchUpByTimeline(before, events, true)],
  ['one timeline (Matrix), the gap is left', catchUpByTimeline(before, events, false)],
  ['since= (pages in order of time)', catchUpByTime(before, events, truth, true)],
  ['since= (Mattermost: 1,000 and no second page)', catchUpByTime(before, events, truth, false)],
];

const print = (name: string, ...cells: (string | number)[]) =>
  console.log(name.padEnd(48) + cells.map((cell) => String(cell).padStart(12)).join(''));
print('', 'requests', 'frames', 'KB', 'not right');
for (const [name, { requests, frames = '', bytes, held }] of rows)
  print(name, requests, frames, (bytes / 1000).toFixed(0), notRight(held, truth));
await end();
process.exit();
