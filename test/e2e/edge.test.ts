import { once } from 'node:events';
import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { Runner } from '../../infra/local/runner.ts';
import { ChatSocket } from '../support/api-client.ts';
import { newGroup, newPerson } from '../support/people.ts';
import { handshakeLines, rawSocket } from '../support/raw-socket.ts';
import { aws } from '../support/stand-ins/aws.ts';

/** What a request goes through on its way to a function, with the template's own distribution, APIs and bundles. */

const logged: string[] = [];
let runner: Runner;
beforeAll(async () => {
  const log = (line: string) => logged.push(line);
  runner = await Runner.start({ port: 0, dynamodb: inject('dynamodb'), secrets: aws.secrets, log });
});
afterAll(() => runner.close());

async function ask(method: string, path: string, headers: OutgoingHttpHeaders = {}, body: string | Buffer = '') {
  const asked = httpRequest(runner.url + path, { method, headers }).end(body);
  const [answer] = await once(asked, 'response');
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

describe('the address of a client', () => {
  test.each([
    ['through the edge', {}],
    ['with an X-Forwarded-For of its own', { 'x-forwarded-for': '203.0.113.9, 203.0.113.10' }],
    ['with an edge key of its own', { 'x-forwarded-for': '203.0.113.9', 'chat-edge-key': 'guessed' }],
  ])('is found by the functions: %s', async (_what, headers) => {
    const before = logged.length;
    await ask('GET', '/nothing', headers);
    await vi.waitFor(() => expect(logged.slice(before).join('')).toContain('"network":"127.0.0.0/24"'));
  });
});

describe('the WebSocket API’s own URL', () => {
  const url = () => `${runner.url.replace('http', 'ws')}/live`;

  test('opens a socket without the edge', async () => {
    const anna = await newPerson();
    const { id } = await newGroup(anna);
    const socket = await ChatSocket.openAt(`${url()}?chatId=${id}&token=${anna.token}&events=1`);
    socket.send({ type: 'message', content: 'directly' });
    expect(await socket.next()).toMatchObject({ chatId: id, content: 'directly' });
    socket.close();
  });

  test.each([
    ['/live', 401, ''],
    ['/live?chatId=x&token=nonsense', 401, ''],
    ['/live/?chatId=x&token=nonsense', 401, ''],
    ['/live/chat/x?token=nonsense', 403, '{"message":"Forbidden"}'],
    ['/ws/chat/x?token=nonsense', 401, ''],
  ])('a handshake at %s is refused with %i and "%s"', async (path, status, body) => {
    const answer = await text(rawSocket(runner.url, handshakeLines(path)));
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} .*\r\n\r\n${body}$`, 's'));
  });

  test('answers a request that is not a handshake with 403', async () => {
    const { status, body } = await ask('GET', '/ws/chat/x?token=t');
    expect({ status, body }).toEqual({ status: 403, body: '{"message":"Forbidden"}' });
  });
});

describe('a body', () => {
  const register = (name: Buffer, headers: OutgoingHttpHeaders) => {
    const email = `${crypto.randomUUID()}@example.com`;
    const [start, end] = JSON.stringify({ email, password: 'correct horse', name: '?' }).split('?');
    return ask(
      'POST',
      '/auth/register',
      headers,
      Buffer.concat([Buffer.from(start ?? ''), name, Buffer.from(end ?? '')]),
    );
  };

  test.each([
    ['as JSON', 'application/json'],
    ['with the type that curl adds', 'application/x-www-form-urlencoded'],
    ['without a type', undefined],
  ])('%s is read, and refused with bytes that are not UTF-8', async (_what, type) => {
    const headers = type === undefined ? {} : { 'content-type': type };
    const { status, body } = await register(Buffer.from('Аня'), headers);
    expect({ status, name: JSON.parse(body).user.name }).toEqual({ status: 200, name: 'Аня' });
    const latin1 = await register(Buffer.from('café', 'latin1'), headers);
    expect(latin1.status).toBe(400);
    expect(JSON.parse(latin1.body)).toMatchObject({
      code: 'malformed_json',
      detail: expect.stringMatching(/^The body has bytes that are not UTF-8/),
    });
  });

  test('that is compressed, or in a charset that its type names, is refused', async () => {
    const json = Buffer.from(JSON.stringify({ email: 'anna@example.com', password: 'correct horse' }));
    for (const [headers, body] of [
      [{ 'content-encoding': 'gzip' }, gzipSync(json)],
      [{ 'content-type': 'application/json; charset=iso-8859-1' }, Buffer.from('{"email":"caf\xe9"}', 'latin1')],
    ] as const) {
      const answer = await ask('POST', '/auth/login', headers, body);
      expect({ status: answer.status, code: JSON.parse(answer.body).code }).toEqual({
        status: 415,
        code: 'unsupported_media_type',
      });
      expect(answer.headers['accept-encoding']).toBe('identity');
    }
  });

  test('may begin with a byte order mark', async () => {
    const json = JSON.stringify({ email: `${crypto.randomUUID()}@example.com`, password: 'correct horse' });
    const answer = await ask('POST', '/auth/register', { 'content-type': 'application/json' }, `\ufeff${json}`);
    expect(answer.status).toBe(200);
  });

  test('in a GET is refused by CloudFront', async () => {
    const answer = await ask('GET', '/health', { 'content-length': 1 }, 'x');
    expect(answer).toMatchObject({ status: 403, headers: { 'content-type': 'text/html' } });
  });
});

test('a path is decoded before its route is found', async () => {
  const { token } = await newPerson();
  expect((await ask('GET', '/%63hats', { authorization: `Bearer ${token}` })).status).toBe(200);
  expect((await ask('GET', '/%63hats%3Fx', { authorization: `Bearer ${token}` })).status).toBe(200);
});

test.each([
  ['/chats', 'GET'],
  ['/groups/an-id', 'GET, PATCH'],
  ['/groups/join', 'POST'],
  ['/nothing', undefined],
])('OPTIONS %s without an Origin is 204 and allows %s', async (path, allow) => {
  const { status, headers, body } = await ask('OPTIONS', path);
  expect({ status, allow: headers.allow, body }).toEqual({ status: 204, allow, body: '' });
});
