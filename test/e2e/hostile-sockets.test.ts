import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { Runner } from '../../infra/local/runner.ts';
import { ChatSocket, request } from '../support/api-client.ts';
import { newGroup, newPerson } from '../support/people.ts';
import { handshakeLines, rawSocket, statusOf } from '../support/raw-socket.ts';
import { aws } from '../support/stand-ins/aws.ts';

/** Handshakes and sockets that would end the runner, leave something behind or fill its memory. */

const logged: string[] = [];
let runner: Runner;
beforeAll(async () => {
  runner = await Runner.start({
    port: 0,
    dynamodb: inject('dynamodb'),
    secrets: aws.secrets,
    log: (text) => logged.push(text),
  });
});
afterAll(() => runner.close());

test.each(['toString', '__proto__', 'constructor'])(
  'a handshake with the parameter %s is refused for its token, and the runner keeps running',
  async (name) => {
    const socket = rawSocket(runner.url, handshakeLines(`/ws/chat/x?${name}=1&${name}=2&token=x`));
    expect(await statusOf(socket)).toBe(401);
    expect((await request(runner.url, 'GET', '/health')).status).toBe(200);
  },
);

test('a refused handshake ends although the client keeps its side open', async () => {
  const socket = rawSocket(runner.url, handshakeLines('/ws/chat/x?token=x'));
  expect(await statusOf(socket)).toBe(401);
  // Only a connection that the server has given up refuses what the client writes.
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const writing = setInterval(() => socket.write('x'), 5);
  await closed;
  clearInterval(writing);
});

async function openPath(): Promise<string> {
  const anna = await newPerson();
  const { id } = await newGroup(anna);
  return `/ws/chat/${id}?token=${anna.token}`;
}

test.each([
  ['sec-websocket-key', 'short'],
  ['sec-websocket-version', '7'],
])('a handshake whose %s is %s is refused before $connect', async (name, value) => {
  const before = logged.length;
  const socket = rawSocket(runner.url, handshakeLines(await openPath(), { [name]: value }));
  expect(await statusOf(socket)).toBe(400);
  expect(logged.slice(before).join('')).not.toContain('$connect');
});

test('a client that leaves while $connect runs is disconnected', async () => {
  const before = logged.length;
  const socket = rawSocket(runner.url, handshakeLines(await openPath()));
  socket.once('connect', () => setImmediate(() => socket.resetAndDestroy()));
  await vi.waitFor(() => expect(logged.slice(before).join('')).toContain('"$disconnect"'), { timeout: 20_000 });
  expect(logged.slice(before).join('')).toContain('"$connect"');
});

test('a client that pings and never reads is cut off', async () => {
  const socket = rawSocket(runner.url, handshakeLines(await openPath()));
  expect(await statusOf(socket)).toBe(101);
  socket.pause();
  const closed = new Promise((resolve) => socket.once('close', resolve));
  // An empty mask leaves the payload as it is.
  const pings = Buffer.concat(Array.from({ length: 500 }, () => Buffer.from([0x89, 0xfd, ...Buffer.alloc(4 + 125)])));
  const pinging = setInterval(() => socket.write(pings), 1);
  await closed;
  clearInterval(pinging);
});

test('a client that sends faster than the functions run gets every answer, in its turn', async () => {
  const anna = await newPerson();
  const { id } = await newGroup(anna);
  const socket = await ChatSocket.open(runner.url, id, anna.token);
  for (const _round of [1, 2]) {
    for (let n = 0; n < 300; n++) socket.send({ type: 'ping' });
    for (let n = 0; n < 300; n++) expect(await socket.next()).toEqual({ type: 'pong' });
  }
  socket.close();
});
