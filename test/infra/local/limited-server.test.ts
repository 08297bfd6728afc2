import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLimitedServer } from '../../../infra/local/http/limited-server.ts';
import { readBody } from '../../../infra/local/http/read-body.ts';

/** Clients that send slowly or without end, offer other protocols, or keep their connection. */

const limits = { headersTimeout: 100, requestTimeout: 500, connectionsCheckingInterval: 20 };
const server = createLimitedServer((request, response) => {
  readBody(request, { maxBytes: 1000, maxMs: request.url === '/quick' ? 50 : undefined }).then(
    (body) => response.end(`read ${body.length}`),
    (error: Error) => response.writeHead(413).end(error.name),
  );
}, limits);
beforeAll(async () => void (await once(server.listen(0, '127.0.0.1'), 'listening')));
afterAll(() => void server.close());

function send(start: string, to: Server = server): Socket {
  const socket = connect((to.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {}).write(start);
  return socket;
}

test.each([
  ['headers', 'GET / HTTP/1.1\r\nhost: h\r\n'],
  ['an announced body', 'POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 5\r\n\r\nabc'],
  ['a chunked body', 'POST / HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n'],
])('ends a connection on which %s stay unfinished', async (_what, start) => {
  expect(await text(send(start))).toMatch(/^HTTP\/1.1 408 /);
});

test('answers a body that never ends, then ends the connection although the client goes on', async () => {
  const chunk = `40\r\n${'x'.repeat(64)}\r\n`;
  const socket = send(`POST / HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n\r\n${chunk.repeat(20)}`);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1.1 413 [\s\S]*BodyTooLarge/);
  const sending = setInterval(() => socket.write(chunk), 5);
  await closed;
  clearInterval(sending);
});

test('ends the connection of a body that takes longer than other requests may', async () => {
  expect(await text(send('POST /quick HTTP/1.1\r\nhost: h\r\ncontent-length: 5\r\n\r\nabc'))).toBe('');
});

test('refuses an announced body that is too long before it arrives', async () => {
  const socket = send('POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 1001\r\n\r\n');
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1.1 413 /);
  socket.destroy();
});

test('reads a body of the permitted length', async () => {
  const socket = send(
    `POST / HTTP/1.1\r\nhost: h\r\nconnection: close\r\ncontent-length: 1000\r\n\r\n${'x'.repeat(1000)}`,
  );
  expect(await text(socket)).toContain('read 1000');
});

test.each(['h2c', 'TLS/1.0', 'h2c, websocket'])(
  'ignores the offer to upgrade to %s and reads the body',
  async (protocol) => {
    const head = `POST / HTTP/1.1\r\nhost: h\r\nconnection: Upgrade, close\r\nupgrade: ${protocol}\r\ncontent-length: 5`;
    expect(await text(send(`${head}\r\n\r\nhello`))).toMatch(/^HTTP\/1.1 200 [\s\S]*read 5/);
  },
);

test('asks for the body of a client that waits for permission to send it', async () => {
  const socket = send('POST / HTTP/1.1\r\nhost: h\r\nexpect: 100-continue\r\ncontent-length: 5\r\n\r\n');
  const [permission] = await once(socket, 'data');
  expect(String(permission)).toMatch(/^HTTP\/1.1 100 /);
  socket.write('hello');
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1.1 200 [\s\S]*read 5/);
  socket.destroy();
});

describe('an idle connection', () => {
  const request = 'GET / HTTP/1.1\r\nhost: h\r\n\r\n';

  test('is kept longer than Dart’s HttpClient keeps it, and says for how long', async () => {
    const usual = createLimitedServer((_, response) => response.end());
    await once(usual.listen(0, '127.0.0.1'), 'listening');
    const socket = connect((usual.address() as AddressInfo).port, '127.0.0.1');
    socket.write(request);
    const [answer] = await once(socket, 'data');
    expect(Number(/keep-alive: timeout=(\d+)/i.exec(String(answer))?.[1])).toBeGreaterThan(15);
    socket.destroy();
    usual.close();
  });

  test('outlives the time limit for headers', async () => {
    const kept = send(request);
    await once(kept, 'data');
    await text(send('GET / HTTP/1.1\r\n'));
    kept.write(request);
    expect(String((await once(kept, 'data'))[0])).toMatch(/^HTTP\/1.1 200 /);
    kept.destroy();
  });
});

describe('with as many connections as it may have', () => {
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: h\r\n\r\n`;
  const upgrade = 'GET /socket HTTP/1.1\r\nhost: h\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n';
  const unanswered: ServerResponse[] = [];
  const full = createLimitedServer(
    ({ url }, response) => void (url === '/slow' ? unanswered.push(response) : response.end(url)),
    { maxConnections: 4 },
  );
  full.upgrades = () => true;
  full.on('upgrade', (_, socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
  beforeAll(async () => void (await once(full.listen(0, '127.0.0.1'), 'listening')));
  afterAll(() => void full.close());

  /** A connection that has been answered, and whether it is closed. */
  async function answered(start: string) {
    const socket = send(start, full);
    const [answer] = await once(socket, 'data');
    return { socket, answer: String(answer) };
  }

  test('closes the one that has been idle longest for a new one, and none that is in use', async () => {
    const slow = send(get('/slow'), full);
    const { socket: upgraded } = await answered(upgrade);
    const { socket: first } = await answered(get('/first'));
    const { socket: second } = await answered(get('/second'));
    const closed: string[] = [];
    for (const [name, socket] of Object.entries({ slow, upgraded, first, second }))
      socket.once('close', () => closed.push(name));
    first.write(get('/again'));
    await once(first, 'data');
    const gone = once(second, 'close');
    const { socket: third, answer } = await answered(get('/third'));
    expect(answer).toMatch(/^HTTP\/1.1 200 [\s\S]*\/third$/);
    await gone;
    // A connection counts before it has sent anything, and pushes out the oldest.
    const silent = [send('', full), send('', full)];
    await Promise.all([once(first, 'close'), once(third, 'close')]);
    const { socket: fourth } = await answered(get('/fourth'));
    expect(closed).toEqual(['second', 'first']);
    for (const response of unanswered) response.end('done');
    expect(String(await once(slow, 'data'))).toContain('done');
    for (const socket of [slow, upgraded, fourth, ...silent]) socket.destroy();
  });
});
