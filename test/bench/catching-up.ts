import { standIn as connections } from '../support/stand-ins/connections.ts';
import { type CaughtUp, notRight } from './catching-up/events.ts';
import { catchUpByTimeline } from './catching-up/matrix.ts';
import { catchUpByTime } from './catching-up/since.ts';
import { surround } from './surroundings.ts';

/**
 * `npm run bench:catching-up`: what a client receives that was away during 1,000 messages and 300 reactions, here and in
 * models of two other ways, which replay the same history. Then what a client needs that was away for an hour, in which a few
 * of its chats went on.
 */

const { end } = await surround();
process.env.CONNECTIONS_URL = connections.url;
// They read the environment when they are imported.
const { BusyChat } = await import('./catching-up/chat.ts');
const { ManyChats } = await import('./catching-up/many-chats.ts');
const { Client } = await import('./catching-up/ours.ts');
const { newPerson } = await import('../support/people.ts');

const size = { people: 30, heldMessages: 100, missedMessages: 1000, missedReactions: 300 };
const chat = await BusyChat.begin(await newPerson(), size);
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

const hour = { people: 5, heldMessages: 20, missedMessages: 20, missedReactions: 6 };
const away = await ManyChats.begin({ chats: 30, changed: 5, ...hour });
console.log('\nAn hour offline, 5 of 30 chats changed');
print('', 'handshakes', 'requests', 'frames', 'KB', 'not right');
for (const { name, handshakes, requests, frames, bytes, wrong } of await away.compare())
  print(name, handshakes, requests, frames, (bytes / 1000).toFixed(0), wrong);
await end();
process.exit();
