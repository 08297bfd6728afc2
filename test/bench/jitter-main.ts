import { ChatClient } from './chat-client.ts';
import { type JitterClient, type JitterOptions, runJitter } from './jitter.ts';
import { makeGroup, type Person, registerPeople } from './people.ts';
import { startServer } from './processes.ts';
import { SocketIoClient } from './reference/socket-io-client.ts';

/**
 * `npm run bench:jitter [-- clients seconds]`: clients in twenty rooms, each dropped eight times for up to two seconds,
 * here and at Socket.IO with connection state recovery, by the same schedule.
 */

const [clients = 1000, seconds = 900] = process.argv.slice(2).map(Number);
const plan: Partial<JitterOptions> = { rooms: 20, clients, seconds, messagesPerRoomPerSecond: 0.25, dropsEach: 8 };
/** Clients per person, each in another room: an address may register only 100 times an hour. */
const roomsEach = 20;

const ours = await startServer('serve-local.ts');
console.error('Registering people and making the rooms');
const people = await registerPeople(ours.url, (clients + 20) / roomsEach);
const personOf = (user: number) => people[Math.floor(user / roomsEach)] as Person;
const membersOf = (room: number) => {
  const users = Array.from({ length: clients / 20 }, (_, n) => room + 20 * n);
  return [clients + room, ...users].map(personOf);
};
const chats: string[] = [];
for (let room = 0; room < 20; room++) chats.push(await makeGroup(ours.url, membersOf(room)));
await run('this backend', (room, user) => new ChatClient(ours.url, chats[room] as string, personOf(user).token));
await ours.stop();

const theirs = await startServer('reference/spec-server.ts', ['--recovery']);
await run('Socket.IO with recovery', (room, user) => new SocketIoClient(theirs.url, room, user));
await theirs.stop();
process.exit();

async function run(name: string, makeClient: (room: number, user: number) => JitterClient): Promise<void> {
  const { perClient: _, total, catchUp, ...report } = await runJitter(makeClient, plan);
  const ms = (time: number) => `${time.toFixed(0)} ms`;
  console.log(`${name}: ${report.acknowledged} of ${report.sent} messages acknowledged, ${report.drops} drops
  at the clients      ${report.presentPercent.toFixed(4)}% of ${report.expectedPairs}; missing ${total.missing}, doubled ${total.duplicated}, out of order ${total.outOfOrder}
  acknowledged, lost  ${report.acknowledgedAndLost}
  catching up         p50 ${ms(catchUp.p50)}, p99 ${ms(catchUp.p99)} (delay of the clients' event loop, p99: ${ms(report.loopDelayP99)})`);
}
