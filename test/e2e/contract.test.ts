import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { login } from '#shared/contract/auth/login.ts';
import { refresh } from '#shared/contract/auth/refresh.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { getAsyncapi } from '#shared/contract/docs/get-asyncapi.ts';
import { getOpenapi } from '#shared/contract/docs/get-openapi.ts';
import { joinGroup } from '#shared/contract/groups/join-group.ts';
import { checkHealth } from '#shared/contract/health/check-health.ts';
import { endpoints } from '#shared/contract/index.ts';
import { problems } from '#shared/contract/problems.ts';
import { errorFrame, pongFrame } from '#shared/contract/websocket/index.ts';
import asyncapi from '../../docs/asyncapi.json' with { type: 'json' };
import openapi from '../../docs/openapi.json' with { type: 'json' };
import { ChatSocket, type Json, refusedStatus } from '../support/api-client.ts';
import { assistantFlow } from './assistant-flow.ts';
import { changesFlow } from './changes-flow.ts';
import { filesFlow } from './files-flow.ts';
import { groupsFlow } from './groups-flow.ts';
import { inboxFlow } from './inbox-flow.ts';
import { largeRoomsFlow } from './large-rooms-flow.ts';
import { operatorFlow } from './operator-flow.ts';
import { ownFlow } from './own-flow.ts';
import { peopleFlow } from './people-flow.ts';
import { pushFlow } from './push-flow.ts';
import { tourFlow } from './tour-flow.ts';
import { password, World } from './world.ts';

/**
 * The whole contract over the wire: real bundles, the template's own routes, roles and environment. The tests at the end judge
 * the traffic of all tests before them (endpoints, logs, grants), so they depend on the order on purpose.
 */

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.runner.close());

const call: World['call'] = (...request) => world.call(...request);

test('GET /health answers ok', async () => {
  expect(await world.do(checkHealth)).toEqual({ status: 'ok' });
});

test('serves the specifications as they are in docs/, cacheable for an hour', async () => {
  expect(await world.do(getOpenapi)).toEqual(openapi);
  expect(await world.do(getAsyncapi)).toEqual(asyncapi);
  expect((await call('GET', '/openapi.json')).headers.get('cache-control')).toBe('public, max-age=3600');
});

test('the page at /docs loads nothing from other hosts', async () => {
  const page = await (await fetch(`${world.runner.url}/docs`)).text();
  expect(page).not.toMatch(/https?:|\/\//);
  const [, script = ''] = /<script src="(.*?)">/.exec(page) ?? [];
  expect(await (await fetch(world.runner.url + script)).text()).toContain('createApiReference');
});

test('people register, log in and refresh', async () => {
  const anna = await world.register('Anna');
  const again = world.signedIn(await world.do(login, undefined, { body: { email: anna.email, password } }));
  const { accessToken } = await world.do(refresh, undefined, { body: { refreshToken: again.refreshToken } });
  await world.do(listChats, { token: accessToken });
});

test('people chat over REST and sockets despite a dead connection', async () => {
  const [anna, boris] = await Promise.all([world.register('Anna'), world.register('Boris')]);
  const group = await world.newGroup(anna);
  const annas = await ChatSocket.open(world.runner.url, group.id, anna.token);
  await world.staleConnection(group.id);

  await world.do(joinGroup, boris, { body: { inviteCode: group.inviteCode } });
  expect(await annas.next()).toMatchObject({ seq: 2, type: 'system', content: '\u2068Boris\u2069 joined the group' });

  const borises = await ChatSocket.open(world.runner.url, group.id, boris.token);
  await world.staleConnection(group.id);
  annas.send({ type: 'message', content: 'Hello', clientId: 'c1' });
  const [frame, same] = await Promise.all([annas.next(), borises.next()]);
  expect(frame).toMatchObject({
    chatId: group.id,
    userId: anna.id,
    userName: 'Anna',
    content: 'Hello',
    type: 'text',
    seq: 3,
    clientId: 'c1',
  });
  expect(same).toEqual(frame);

  await world.staleConnection(group.id);
  const hi = { params: { chatId: group.id }, body: { content: 'Hi', clientId: 'c1' } };
  const { message: sent } = await world.do(sendMessage, boris, hi);
  expect(await Promise.all([annas.next(), borises.next()])).toEqual([sent, sent]);

  expect((await world.do(sendMessage, boris, hi)).message).toEqual(sent);
  annas.send({ type: 'message', content: 'Hello', clientId: 'c1' });
  expect(await annas.next()).toEqual(frame);

  const { messages } = await world.do(listMessages, boris, { params: { chatId: group.id }, query: 'limit=100' });
  expect(messages.map(({ seq }: Json) => seq)).toEqual([1, 2, 3, 4]);
  const { chats } = await world.do(listChats, boris);
  expect(chats).toMatchObject([{ id: group.id, lastMessage: 'Hi', lastMessageAt: sent.createdAt }]);
  annas.close();
  borises.close();
});

test('answers invalid frames with an error and keeps the socket open', async () => {
  const anna = await world.register('Anna');
  const group = await world.newGroup(anna);
  const socket = await ChatSocket.open(world.runner.url, group.id, anna.token);
  const answerTo = (frame: unknown) => {
    socket.send(frame);
    return socket.next();
  };
  expect(z.parse(pongFrame, await answerTo({ type: 'ping' }))).toEqual({ type: 'pong' });
  expect(z.parse(errorFrame, await answerTo('hello'))).toMatchObject({ type: 'error', code: 'malformed_json' });
  expect(await answerTo({ type: 'dance' })).toMatchObject({ type: 'error', code: 'unknown_type' });
  expect(await answerTo({ type: '$connect' })).toMatchObject({ type: 'error', code: 'unknown_type' });
  expect(await answerTo({ type: 'message', content: '', clientId: 'c1' })).toMatchObject({
    type: 'error',
    code: 'invalid_input',
    clientId: 'c1',
  });
  expect(await answerTo({ type: 'message', content: 'still here' })).toMatchObject({ content: 'still here' });
  socket.close();
});

test('refuses sockets with 401 without a token and 403 for non-participants', async () => {
  const [anna, boris, eve] = await Promise.all([
    world.register('Anna'),
    world.register('Boris'),
    world.register('Eve'),
  ]);
  const group = await world.newGroup(anna, boris);
  const base = world.runner.url.replace('http', 'ws');
  expect(await refusedStatus(`${base}/ws/chat/${group.id}`)).toBe(401);
  expect(await refusedStatus(`${base}/ws/chat/${group.id}?token=nonsense`)).toBe(401);
  expect(await refusedStatus(`${base}/ws/chat/${group.id}?token=${eve.token}`)).toBe(403);
  expect(await refusedStatus(`${base}/ws/chat/none?token=${eve.token}`)).toBe(403);
  expect(await refusedStatus(`${base}/ws/other?token=${eve.token}`)).toBe(404);
  expect(await refusedStatus(`${base}/ws/chat/none?token=${'t'.repeat(4100)}`)).toBe(414);
});

peopleFlow(() => world);
groupsFlow(() => world);
assistantFlow(() => world);
changesFlow(() => world);
inboxFlow(() => world);
largeRoomsFlow(() => world);
ownFlow(() => world);
pushFlow(() => world);
filesFlow(() => world);
operatorFlow(() => world);
tourFlow(() => world);

test('no answer may be cached, except the specifications', async () => {
  for (const path of ['/chats', '/nowhere']) await call('GET', path);
  const cacheable = world.answers.filter(({ headers }) => headers.get('cache-control') !== 'no-store');
  expect(new Set(cacheable.map(({ path }) => path))).toEqual(new Set(['/openapi.json', '/asyncapi.json']));
  // The tests above have had these answers at least.
  const statuses = new Set(world.answers.map(({ status }) => status));
  for (const status of [200, 401, 403, 404]) expect(statuses).toContain(status);
});

describe('every refusal is a problem with a stable code', () => {
  const cases: [string, string, string, unknown, number, string][] = [
    ['an unknown path', 'GET', '/nowhere', undefined, 404, 'route_not_found'],
    ['a slash too many', 'GET', '/chats/', undefined, 404, 'route_not_found'],
    ['another method', 'DELETE', '/chats', undefined, 405, 'method_not_allowed'],
    ['no token', 'GET', '/chats', undefined, 401, 'token_missing'],
    ['text for JSON', 'POST', '/auth/login', 'hello', 400, 'malformed_json'],
    ['wrong fields', 'POST', '/auth/login', {}, 400, 'invalid_input'],
    ['too much', 'POST', '/auth/login', { email: 'x'.repeat(70_000) }, 413, 'payload_too_large'],
  ];
  test.each(cases)('%s', async (_what, method, path, body, status, code) => {
    const answer = await call(method, path, { body });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({
      type: 'about:blank',
      title: problems[code as keyof typeof problems].title,
      status,
      code,
    });
    expect(answer.body.requestId).toEqual(expect.any(String));
    expect(answer.status).toBe(status);
  });

  test('405 lists the allowed methods', async () => {
    expect((await call('PATCH', '/groups')).headers.get('allow')).toBe('POST');
    expect((await call('DELETE', '/groups/join')).headers.get('allow')).toBe('POST');
    expect((await call('POST', '/groups/an-id')).headers.get('allow')).toBe('GET, PATCH');
  });
});

test('allows browsers to call it from any origin', async () => {
  // API Gateway hands the preflight to the function of $default: without a 2xx from there, a browser calls nothing.
  const preflight = await fetch(`${world.runner.url}/chats`, {
    method: 'OPTIONS',
    headers: {
      origin: 'http://app.test',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
  expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
  expect(preflight.headers.get('allow')).toBe('GET');
  expect(preflight.headers.get('x-request-id')).toMatch(/./);
  expect(await preflight.text()).toBe('');
  const answer = await fetch(`${world.runner.url}/health`, { headers: { origin: 'http://app.test' } });
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(answer.headers.get('access-control-expose-headers')).toBe('retry-after,x-request-id');
  expect(answer.headers.get('x-request-id')).toMatch(/./);
});

test.each(['authorization', 'content-type', 'baggage', 'sentry-trace', 'traceparent', 'x-datadog-trace-id', 'b3'])(
  'allows browsers to send the header %s',
  async (name) => {
    const headers = { origin: 'http://app.test', 'access-control-request-method': 'POST' };
    const preflight = await fetch(`${world.runner.url}/auth/login`, { method: 'OPTIONS', headers });
    const allowed = (preflight.headers.get('access-control-allow-headers') ?? '').split(',');
    // As the Fetch standard has it: the star stands for every name but this one.
    expect(allowed.includes(name) || (name !== 'authorization' && allowed.includes('*'))).toBe(true);
  },
);

test('tells browsers to take an answer for nothing but JSON, and to come back only over TLS', async () => {
  for (const path of ['/health', '/chats', '/nowhere', '/openapi.json']) {
    const { headers } = await call('GET', path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  }
});

// Those below look back on all the traffic above.
test('every endpoint of the contract was called and answered as declared', () => {
  expect(endpoints.map(({ name }) => name).filter((name) => !world.used.has(name))).toEqual([]);
});

test('no log line contains a token, a password, a code or a query string', () => {
  const written = world.logs.join('');
  expect(written).toContain('"route":"$connect"');
  for (const secret of [...world.secrets, password, 'token=', 'limit=100']) expect(written).not.toContain(secret);
});

test('logs every login with its user and every refusal with its code', () => {
  const lines = world.logs.flatMap((text) => text.split('\n').filter(Boolean)).map((line) => JSON.parse(line));
  const of = (route: string) => lines.filter((line) => line.route === route);
  for (const line of of('POST /auth/login').filter(({ status }) => status === 200)) {
    expect(line).toMatchObject({ userId: expect.any(String), requestId: expect.any(String), time: expect.any(String) });
    expect(line.network).toMatch(/\/(24|48)$/);
  }
  expect(of('POST /auth/login')).toContainEqual(expect.objectContaining({ status: 401, code: 'wrong_credentials' }));
  expect(of('$connect')).toContainEqual(expect.objectContaining({ status: 403, code: 'not_a_participant' }));
});

test('every grant of every role was needed', () => {
  expect(world.runner.unusedGrants()).toEqual([]);
});
