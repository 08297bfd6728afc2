import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { WebSocket } from 'ws';
import { Runner } from '../../infra/local/runner.ts';
import { request } from '../support/api-client.ts';
import { newGroup, newPerson } from '../support/people.ts';
import { handshakeLines, rawSocket, statusOf } from '../support/raw-socket.ts';
import { aws } from '../support/stand-ins/aws.ts';

/** What HTTP allows clients to send, and some do: other methods, targets, headers and protocols than a browser's. */

let runner: Runner;
beforeAll(async () => {
  runner = await Runner.start({ port: 0, dynamodb: inject('dynamodb'), secrets: aws.secrets, log: () => {} });
});
afterAll(() => runner.close());

async function openPath(): Promise<string> {
  const anna = await newPerson();
  const { id } = await newGroup(anna);
  return `/ws/chat/${id}?token=${anna.token}`;
}

describe('a request that offers to upgrade', () => {
  test.each(['h2c', 'TLS/1.0'])('to %s is answered like any other', async (protocol) => {
    const lines = ['GET /health HTTP/1.1', 'host: localhost', 'connection: Upgrade', `upgrade: ${protocol}`];
    const socket = rawSocket(runner.url, lines);
    expect(await statusOf(socket)).toBe(200);
    socket.destroy();
  });

  test.each(['h2c', 'websocket'])('to %s with a body is answered like any other', async (protocol) => {
    const json = '{"email":"nobody@example.com","password":"correct horse"}';
    const head = ['POST /auth/login HTTP/1.1', 'host: localhost', 'connection: Upgrade', `upgrade: ${protocol}`];
    const lines = [...head, `content-length: ${json.length}`, '', json].join('\r\n');
    const socket = rawSocket(runner.url, lines);
    expect(await statusOf(socket)).toBe(401);
    socket.destroy();
  });

  test('to several protocols gets a socket', async () => {
    const socket = rawSocket(runner.url, handshakeLines(await openPath(), { upgrade: 'h2c, WebSocket' }));
    expect(await statusOf(socket)).toBe(101);
    socket.destroy();
  });
});

describe('a handshake', () => {
  test.each([
    '/elsewhere',
    '/ws/other/x?token=t',
    '/ws/chat/',
    '/ws/inbox/x?token=t',
    '//',
    '/socket.io/?transport=websocket',
  ])('at %s, where no socket is, is answered as for any path that does not exist', async (path) => {
    const answer = await text(rawSocket(runner.url, handshakeLines(path, { connection: 'Upgrade, close' })));
    expect(answer).toMatch(/^HTTP\/1.1 404 .*content-type: application\/problem\+json/is);
    expect(answer).toContain('"code":"route_not_found"');
  });

  test('at a path with two slashes in front, which a base URL with one at its end makes, opens a socket', async () => {
    const socket = new WebSocket(`${runner.url.replace('http', 'ws')}/${await openPath()}`);
    await once(socket, 'open');
    socket.close();
  });

  test.each(['chat-v1, json', 'a, a', ''])('that asks for the subprotocols "%s" gets none', async (protocols) => {
    const lines = handshakeLines(await openPath(), { 'sec-websocket-protocol': protocols });
    const socket = rawSocket(runner.url, lines);
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 101 /);
    expect(String(answer)).not.toMatch(/sec-websocket-protocol/i);
    socket.destroy();
  });
});

describe('HEAD', () => {
  test.each([
    '/health',
    '/openapi.json',
    '/asyncapi.json',
    '/',
    '/docs',
    '/docs/scalar.js',
    '/_local/playground/style.css',
  ])('%s is answered like GET, without the body', async (path) => {
    const [get, head] = await Promise.all([fetch(runner.url + path), fetch(runner.url + path, { method: 'HEAD' })]);
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    for (const name of ['content-type', 'content-length', 'cache-control', 'x-content-type-options'])
      expect(head.headers.get(name), name).toBe(get.headers.get(name));
    await get.body?.cancel();
  });

  test.each([
    ['/chats', 405, 'GET'],
    ['/auth/login', 405, 'POST'],
    ['/nothing', 404, null],
  ])('%s is %i and allows %s', async (path, status, allow) => {
    const answer = await fetch(runner.url + path, { method: 'HEAD' });
    expect({ status: answer.status, allow: answer.headers.get('allow') }).toEqual({ status, allow });
  });

  test('is allowed where GET needs no token', async () => {
    const answer = await request(runner.url, 'POST', '/health');
    expect({ status: answer.status, allow: answer.headers.get('allow') }).toEqual({ status: 405, allow: 'GET, HEAD' });
  });
});

test.each(['/', '/docs', '/_local/playground/main.js'])(
  'a page is only for GET and HEAD: POST %s is 404',
  async (path) => {
    const { status, body } = await request(runner.url, 'POST', path, { body: {} });
    expect({ status, body }).toMatchObject({ status: 404, body: { code: 'route_not_found' } });
  },
);

test.each(['http://127.0.0.1:1/health', 'HTTP://localhost/health?x=1'])(
  'a request for the URL %s, as through a proxy, is answered by its path',
  async (target) => {
    const socket = rawSocket(runner.url, [`GET ${target} HTTP/1.1`, 'host: localhost']);
    expect(await statusOf(socket)).toBe(200);
    socket.destroy();
  },
);

test('a body that comes in chunks, after the permission to send it, is read', async () => {
  const head = ['POST /auth/login HTTP/1.1', 'host: localhost', 'expect: 100-continue', 'transfer-encoding: chunked'];
  const socket = rawSocket(runner.url, head);
  expect(await statusOf(socket)).toBe(100);
  socket.write('2\r\n{}\r\n0\r\n\r\n');
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toContain('"code":"invalid_input"');
  socket.destroy();
});

test('compression of frames, which API Gateway does not offer, is not agreed on', async () => {
  const changes = { 'sec-websocket-extensions': 'permessage-deflate', origin: 'null' };
  const socket = rawSocket(runner.url, handshakeLines(await openPath(), changes));
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1.1 101 /);
  expect(String(answer)).not.toMatch(/sec-websocket-extensions/i);
  socket.destroy();
});

test.each(['//chats', '/chats/', '//users//me'])('%s is 404 and says what is wrong with the path', async (path) => {
  const { status, body } = await request(runner.url, 'GET', path);
  expect({ status, body }).toMatchObject({ status: 404, body: { code: 'route_not_found' } });
  expect(body.detail).toContain('slash');
  expect((await request(runner.url, 'GET', '/nothing/')).body.detail).toBeUndefined();
});
