import { once } from 'node:events';
import { createServer, request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { directRequest } from '../../../../../infra/local/aws/api-gateway/api-request.ts';
import type { Invocable } from '../../../../../infra/local/aws/api-gateway/invocable.ts';
import { RestGateway } from '../../../../../infra/local/aws/api-gateway/rest-gateway.ts';
import { GatewayTimeout } from '../../../../../infra/local/aws/lambda/lambda.ts';

/** An HTTP API with two routes; what its functions return is up to the test. */

// biome-ignore lint/suspicious/noExplicitAny: each test looks at what it sent
type Event = any;
const echo = async (event: Event): Promise<unknown> => ({ routeKey: event.routeKey, params: event.pathParameters });
let run = echo;
afterEach(() => {
  run = echo;
});

const waits: number[] = [];
const invoke = (event: Event, timeoutMs: number) => {
  waits.push(timeoutMs);
  return run(event);
};
const lambda: Invocable = { invoke };
const routes = ['GET /users/me', 'GET /users/{userId}', 'POST /chats', '$default'].map((key) => ({
  key,
  functionId: 'F',
  invoker: { id: 'Role', name: 'Invoker', statements: [] },
  returnResponse: true,
}));
const cors = { origins: '*', methods: '*', headers: 'authorization', exposed: 'retry-after', maxAge: '3600' };
const api = { id: 'Api', protocol: 'HTTP' as const, stage: '$default', cors, routes };
const gateway = new RestGateway(api, new Map([['F', lambda]]));
const server = createServer((incoming, response) => void gateway.handle(directRequest(incoming), incoming, response));
beforeAll(async () => void (await once(server.listen(0, '127.0.0.1'), 'listening')));
afterAll(() => void server.close());

async function ask(method: string, path: string, headers: OutgoingHttpHeaders = {}, body: string | Buffer = '') {
  const { port } = server.address() as AddressInfo;
  const asked = httpRequest({ port, host: '127.0.0.1', method, path, headers }).end(body);
  const [answer] = await once(asked, 'response');
  const bytes = await buffer(answer);
  return { status: answer.statusCode, headers: answer.headers, body: bytes.toString(), bytes };
}
const routeOf = async (method: string, path: string) => JSON.parse((await ask(method, path)).body);

describe('a route is found', () => {
  test.each([
    ['GET', '/users/me', { routeKey: 'GET /users/me' }],
    ['GET', '/users/%6de', { routeKey: 'GET /users/me' }],
    ['GET', '/users/a', { routeKey: 'GET /users/{userId}', params: { userId: 'a' } }],
    ['GET', '/users/a%20b', { routeKey: 'GET /users/{userId}', params: { userId: 'a b' } }],
    ['GET', '/users/a%3Fb', { routeKey: 'GET /users/{userId}', params: { userId: 'a' } }],
    ['GET', '/users/a%2Fb', { routeKey: '$default' }],
    ['POST', '/users/a', { routeKey: '$default' }],
    ['GET', '/users/a/', { routeKey: '$default' }],
  ])('by the decoded path: %s %s', async (method, path, expected) => {
    expect(await routeOf(method, path)).toEqual(expected);
  });
});

describe('CORS', () => {
  const preflight = { origin: 'http://app.test', 'access-control-request-method': 'POST' };

  test('leaves a preflight to the function of $default and adds its headers', async () => {
    run = async ({ routeKey }) => ({ statusCode: 418, headers: { 'x-route': routeKey } });
    expect(await ask('OPTIONS', '/chats', preflight)).toMatchObject({
      status: 418,
      headers: {
        'x-route': '$default',
        'access-control-allow-origin': '*',
        'access-control-allow-methods': '*',
        'access-control-allow-headers': 'authorization',
        'access-control-max-age': '3600',
      },
    });
  });

  test('adds nothing to OPTIONS without a method, nor to any request without an Origin', async () => {
    for (const [method, headers] of [
      ['OPTIONS', { origin: 'http://app.test' }],
      ['OPTIONS', { 'access-control-request-method': 'POST' }],
      ['GET', {}],
    ] as const)
      expect(Object.keys((await ask(method, '/chats', headers)).headers).join()).not.toContain('access-control');
  });

  test('drops the function’s own CORS headers', async () => {
    const headers = { 'Access-Control-Allow-Origin': 'http://other.test', 'access-control-allow-credentials': 'true' };
    run = async () => ({ statusCode: 200, headers });
    expect(Object.keys((await ask('GET', '/chats')).headers).join()).not.toContain('access-control');
    const answer = await ask('GET', '/chats', { origin: 'http://app.test' });
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'retry-after',
    });
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
  });
});

describe('sizes', () => {
  test('10,240 bytes of request line and header values pass, one more is 431', async () => {
    const fixed = ['GET /users/me HTTP/1.1', '127.0.0.1:', 'close'].join('').length;
    const { port } = server.address() as AddressInfo;
    const filler = 10_240 - fixed - String(port).length;
    const headers = { connection: 'close', a: 'x'.repeat(5000) };
    expect((await ask('GET', '/users/me', { ...headers, b: 'x'.repeat(filler - 5000) })).status).toBe(200);
    const answer = await ask('GET', '/users/me', { ...headers, b: 'x'.repeat(filler - 4999) });
    expect(answer).toMatchObject({ status: 431, body: '{"message":"Request Header Fields Too Large"}' });
  });

  test('a body that makes an event of more than 6 MB is 413: base64 counts', async () => {
    const body = Buffer.alloc(5 * 1024 * 1024, 'x');
    expect((await ask('POST', '/chats', { 'content-type': 'text/plain' }, body)).status).toBe(200);
    expect((await ask('POST', '/chats', {}, body)).status).toBe(413);
  });
});

describe('what a function returns', () => {
  test('is the body of a 200 answer if it has no status', async () => {
    run = async () => ['any', { json: true }];
    const answer = await ask('GET', '/users/me');
    expect(answer).toMatchObject({ status: 200, body: '["any",{"json":true}]' });
    expect(answer.headers['content-type']).toBe('application/json');
  });

  test('is decoded from base64, and its cookies become headers', async () => {
    const body = Buffer.from([0, 255]).toString('base64');
    run = async () => ({ statusCode: 201, body, isBase64Encoded: true, cookies: ['a=1', 'b=2'] });
    const answer = await ask('GET', '/users/me');
    expect(answer).toMatchObject({ status: 201, headers: { 'set-cookie': ['a=1', 'b=2'] } });
    expect([...answer.bytes]).toEqual([0, 255]);
  });

  test.each([
    ['is a failure: 500', new Error('oh no'), 500, 'Internal Server Error'],
    ['comes too late: 503', new GatewayTimeout('30 s'), 503, 'Service Unavailable'],
  ])('%s', async (_what, error, status, message) => {
    run = () => Promise.reject(error);
    expect(await ask('GET', '/users/me')).toMatchObject({ status, body: JSON.stringify({ message }) });
    expect(waits.at(-1)).toBe(30_000);
  });
});
