import { parseArgs } from 'node:util';
import { ChatClient } from './jitter/chat-client.ts';
import { ClientPerRoom, type JitterClient } from './jitter/clients.ts';
import { InboxClient } from './jitter/inbox-client.ts';
import { type JitterOptions, planUsers } from './jitter/plan.ts';
import { runJitter } from './jitter/run.ts';
import { makeGroup, type Person, registerPeople } from './people.ts';
import { startServer } from './processes.ts';
import { SocketIoClient } from './reference/socket-io-client.ts';

/**
 * `npm run bench:jitter [-- [--inboxes] clients seconds drops]`: clients in twenty rooms, each dropped eight times for up to
 * two seconds, here and at Socket.IO with connection state recovery, by the same schedule. With `--inboxes` each client is in
 * three of the rooms, here with one inbox, there with a connection for each.
 */

const { values, positionals } = parseArgs({ options: { inboxes: { type: 'boolean' } }, allowPositionals: true });
const { inboxes = false } = values;
const [clients = 1000, seconds = 900, dropsEach = 8] = positionals.map(Number);
const plan: JitterOptions = {
  ...{ rooms: 20, clients, roomsEach: inboxes ? 3 : 1, seconds, messagesPerRoomPerSecond: 0.25 },
  ...{ dropsEach, longestDrop: 2000, seed: 1 },
};

const ours = await startServer('serve-local.ts');
const users = planUsers(plan);
console.error(`Registering ${users.length} people and making the rooms`);
const people = await registerPeople(ours.url, users.length);
const chatIds: string[] = [];
for (let room = 0; room < plan.rooms; room++)
  chatIds.push(
    await makeGroup(
      ours.url,
      people.filter((_, user) => users[user]?.includes(room)),
    ),
  );

const chatIdOf = (room: number) => chatIds[room] as string;
await run(`this backend, ${inboxes ? 'inboxes' : 'a socket in a chat'}`, (rooms, user) => {
  const { token } = people[user] as Person;
  return inboxes
    ? new InboxClient(ours.url, new Map(rooms.map((room) => [room, chatIdOf(room)])), token)
    : new ClientPerRoom(rooms, (room) => new ChatClient(ours.url, chatIdOf(room), token));
});
await ours.stop();

const theirs = await startServer('reference/spec-server.ts', ['--recovery']);
await run(
  'Socket.IO with recovery',
  (rooms, user) => new ClientPerRoom(rooms, (room) => new SocketIoClient(theirs.url, room, user)),
);
await theirs.stop();
process.exit();

async function run(name: string, makeClient: (rooms: number[], user: number) => JitterClient): Promise<void> {
  const { total, catchUp, ...report } = await runJitter(makeClient, plan);
  const ms = (time: number) => `${time.toFixed(0)} ms`;
  console.log(`${name}: ${report.acknowledged} of ${report.sent} messages acknowledged, ${report.drops} drops, ${report.stillAway} still away
  at the clients      ${report.presentPercent.toFixed(4)}% of ${report.expectedPairs}; missing ${total.missing}, doubled ${total.duplicated}, out of order ${total.outOfOrder}, unknown ${total.unknown}
  not right           ${report.notRight} pairs of a client and a room
  acknowledged, lost  ${report.acknowledgedAndLost}
  catching up         p50 ${ms(catchUp.p50)}, p99 ${ms(catchUp.p99)} (delay of the clients' event loop, p99: ${ms(report.loopDelayP99)})`);
}
