import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { directRequest } from '../../../../../infra/local/aws/api-gateway/api-request.ts';
import type { Invocable } from '../../../../../infra/local/aws/api-gateway/invocable.ts';
import { awsSocketLimits, SocketGateway } from '../../../../../infra/local/aws/api-gateway/socket-gateway.ts';
import { handshakeLines, rawSocket } from '../../../../support/raw-socket.ts';

/** A WebSocket API with two routes; what its functions return is up to the test. */

// biome-ignore lint/suspicious/noExplicitAny: each test looks at what it sent
type Event = any;
const accept = async (_event: Event): Promise<unknown> => ({ statusCode: 200 });
let run = accept;
const events: Event[] = [];
const waits: number[] = [];
const lambda: Invocable = {
  invoke: async (event: Event, timeoutMs: number) => {
    waits.push(timeoutMs);
    events.push(event);
    return run(event);
  },
};
const invoker = { id: 'Role', name: 'Invoker', statements: [] };
const route = (key: string, returnResponse = false) => ({ key, functionId: 'F', invoker, returnResponse });
const routes = [route('$connect'), route('$disconnect'), route('$default'), route('ping', true), route('message')];
const api = { id: 'Api', protocol: 'WEBSOCKET' as const, stage: 'live', cors: undefined, routes };
const shortLife = { ...awsSocketLimits, lifetimeMs: 300 };
const gateway = new SocketGateway(api, new Map([['F', lambda]]), awsSocketLimits);
const impatient = new SocketGateway(api, new Map([['F', lambda]]), shortLife);
const server = createServer();
server.on('upgrade', (incoming, socket, head) => {
  const chosen = incoming.url === '/short' ? impatient : gateway;
  void chosen.upgrade(directRequest(incoming), incoming, socket, head);
});
let url: string;
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  run = accept;
  await gateway.close();
  events.length = 0;
});
afterAll(() => void server.close());

async function open(path = '/live'): Promise<WebSocket> {
  const socket = new WebSocket(url.replace('http', 'ws') + path);
  await once(socket, 'open');
  return socket;
}

describe('$connect', () => {
  test.each([200, 204, 299])('that returns %i opens the socket', async (statusCode) => {
    run = async () => ({ statusCode });
    await open();
  });

  test.each([199, 300, 401, 403, 500])(
    'that returns %i refuses it with that status, without its body',
    async (statusCode) => {
      run = async () => ({ statusCode, headers: { 'x-why': 'secret' }, body: '{"why":"secret"}' });
      const answer = await text(rawSocket(url, handshakeLines('/live')));
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${statusCode} `));
      expect(answer).not.toContain('secret');
      expect(answer).toMatch(/\r\n\r\n$/);
    },
  );

  test('that fails refuses it with 500', async () => {
    run = () => Promise.reject(new Error('oh no'));
    expect(await text(rawSocket(url, handshakeLines('/live')))).toMatch(/^HTTP\/1.1 500 /);
  });

  test('gets the query, the headers and the addresses that the request came through', async () => {
    const socket = rawSocket(url, handshakeLines('/live?chatId=a%20b&token=t', { 'x-forwarded-for': '203.0.113.7' }));
    await once(socket, 'data');
    socket.destroy();
    expect(events[0]).toMatchObject({
      queryStringParameters: { chatId: 'a b', token: 't' },
      headers: { 'x-forwarded-for': '203.0.113.7, 127.0.0.1' },
      requestContext: {
        routeKey: '$connect',
        eventType: 'CONNECT',
        stage: 'live',
        identity: { sourceIp: '127.0.0.1' },
      },
    });
  });
});

describe('a message', () => {
  test.each([
    ['{"type":"ping"}', 'ping'],
    ['{"type":"message","content":"x"}', 'message'],
    ['{"type":"dance"}', '$default'],
    ['{"type":"$connect"}', '$default'],
    ['{"type":["ping"]}', '$default'],
    ['{}', '$default'],
    ['null', '$default'],
    ['hello', '$default'],
    ['\ufeff{"type":"ping"}', '$default'],
  ])('%s goes to the route %s', async (frame, routeKey) => {
    const socket = await open();
    socket.send(frame);
    await vi.waitFor(() => expect(events).toHaveLength(2));
    expect(events[1]).toMatchObject({ body: frame, requestContext: { routeKey, eventType: 'MESSAGE' } });
  });

  test('gets what the function returns only on a route with a route response', async () => {
    const socket = await open();
    run = async ({ body }) => ({ statusCode: 200, body: `answer to ${body}` });
    const first = once(socket, 'message');
    socket.send('{"type":"message"}');
    socket.send('unknown');
    await vi.waitFor(() => expect(events).toHaveLength(3));
    socket.send('{"type":"ping"}');
    expect(String((await first)[0])).toBe('answer to {"type":"ping"}');
  });

  test('whose function fails gets API Gateway’s own error, and the socket stays open', async () => {
    const socket = await open();
    run = () => Promise.reject(new Error('oh no'));
    const answer = once(socket, 'message');
    socket.send('{"type":"message"}');
    const { connectionId } = events[0].requestContext;
    const error = { message: 'Internal server error', connectionId, requestId: expect.any(String) };
    expect(JSON.parse(String((await answer)[0]))).toEqual(error);
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });
});

test('the quotas are those of API Gateway, and a function has 29 seconds', async () => {
  expect(awsSocketLimits).toEqual({ maxBytes: 131_072, idleMs: 600_000, lifetimeMs: 7_200_000 });
  await open();
  expect(waits.at(-1)).toBe(29_000);
});

test('after two hours a socket closes with 1001, even if it is in use', async () => {
  const socket = await open('/short');
  const talking = setInterval(() => socket.send('{"type":"ping"}'), 20);
  expect((await once(socket, 'close'))[0]).toBe(1001);
  clearInterval(talking);
  await vi.waitFor(() => expect(events.at(-1).requestContext.routeKey).toBe('$disconnect'));
});

test('$disconnect gets the close code and its reason', async () => {
  const socket = await open();
  socket.close(4000, 'bye');
  await vi.waitFor(() => expect(events.at(-1).requestContext.routeKey).toBe('$disconnect'));
  expect(events.at(-1).requestContext).toMatchObject({
    eventType: 'DISCONNECT',
    connectionId: events[0].requestContext.connectionId,
    disconnectStatusCode: 4000,
    disconnectReason: 'bye',
  });
});
