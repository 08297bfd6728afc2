import { randomBytes, randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import * as z from 'zod/mini';
import { type Local, startLocal } from '../../infra/local/start.ts';
import { endpoints } from '../../shared/contract/index.ts';
import { problems } from '../../shared/contract/problems.ts';
import { errorFrame, pongFrame } from '../../shared/contract/websocket.ts';
import { connectionKeys } from '../../shared/data/keys.ts';
import { db } from '../../shared/data/table.ts';
import { ChatSocket, type Json, refusedStatus, request } from '../support/api-client.ts';

/** The whole contract over the wire: real bundles, the template's own routes, roles and environment. */

let local: Local;
const logs: string[] = [];
const secrets: string[] = [];
const password = 'correct horse';

beforeAll(async () => {
  local = await startLocal({ port: 0, dynamodb: inject('dynamodb'), log: (text) => logs.push(text) });
});
afterAll(() => local.close());

const call = (method: string, path: string, options?: { token?: string; body?: unknown }) =>
  request(local.url, method, path, options);

async function register(name: string) {
  const answer = await call('POST', '/auth/register', {
    body: { email: `${randomUUID()}@example.com`, password, name },
  });
  conforms('auth/register', answer.body);
  secrets.push(answer.body.accessToken, answer.body.refreshToken);
  return { ...answer.body.user, token: answer.body.accessToken, refreshToken: answer.body.refreshToken };
}

async function newGroup(owner: Json, ...others: Json[]) {
  const body = { name: 'Weekend', participantIds: others.map(({ id }) => id) };
  const answer = await call('POST', '/groups', { token: owner.token, body });
  conforms('groups/create-group', answer.body);
  return answer.body.group;
}

/** Fails when the answer isn't what the contract promises. */
function conforms(name: string, body: unknown): void {
  const endpoint = endpoints.find((candidate) => candidate.name === name);
  if (endpoint) z.parse(endpoint.response as z.ZodMiniType, body);
  else throw new Error(`There is no endpoint ${name}.`);
}

/** A connection whose socket is long gone, as a missed $disconnect leaves it. */
async function staleConnection(chatId: string): Promise<void> {
  const connectionId = `${randomBytes(11).toString('base64url')}=`;
  const Item = {
    ...connectionKeys.inChat(chatId, connectionId),
    connectionId,
    chatId,
    userId: 'u',
    sessionId: 's',
    connectedAt: Date.now() - 60_000,
    expiresAt: Math.floor(Date.now() / 1000) + 60,
  };
  await db.send(new PutCommand({ TableName: process.env.CONNECTIONS_TABLE, Item }));
}

test('GET /health answers that all is up', async () => {
  expect(await call('GET', '/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
});

test('people register, log in and refresh', async () => {
  const anna = await register('Anna');
  const login = await call('POST', '/auth/login', { body: { email: anna.email, password } });
  conforms('auth/login', login.body);
  secrets.push(login.body.accessToken, login.body.refreshToken);
  const refreshed = await call('POST', '/auth/refresh', { body: { refreshToken: login.body.refreshToken } });
  conforms('auth/refresh', refreshed.body);
  expect((await call('GET', '/chats', { token: refreshed.body.accessToken })).status).toBe(200);
});

test('people chat over REST and over sockets, past a dead connection', async () => {
  const [anna, boris] = await Promise.all([register('Anna'), register('Boris')]);
  const group = await newGroup(anna);
  const annas = await ChatSocket.open(local.url, group.id, anna.token);
  await staleConnection(group.id);

  const joined = await call('POST', '/groups/join', { token: boris.token, body: { inviteCode: group.inviteCode } });
  conforms('groups/join-group', joined.body);
  expect(await annas.next()).toMatchObject({ seq: 2, type: 'system', content: 'Boris joined the group' });

  const borises = await ChatSocket.open(local.url, group.id, boris.token);
  await staleConnection(group.id);
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

  await staleConnection(group.id);
  const sent = await call('POST', `/chats/${group.id}/messages`, {
    token: boris.token,
    body: { content: 'Hi', clientId: 'c1' },
  });
  conforms('chats/send-message', sent.body);
  expect(await Promise.all([annas.next(), borises.next()])).toEqual([sent.body.message, sent.body.message]);

  const retried = await call('POST', `/chats/${group.id}/messages`, {
    token: boris.token,
    body: { content: 'Hi', clientId: 'c1' },
  });
  expect(retried.body).toEqual(sent.body);
  annas.send({ type: 'message', content: 'Hello', clientId: 'c1' });
  expect(await annas.next()).toEqual(frame);

  const messages = await call('GET', `/chats/${group.id}/messages?limit=100`, { token: boris.token });
  conforms('chats/list-messages', messages.body);
  expect(messages.body.messages.map(({ seq }: Json) => seq)).toEqual([1, 2, 3, 4]);
  const chats = await call('GET', '/chats', { token: boris.token });
  conforms('chats/list-chats', chats.body);
  expect(chats.body.chats).toMatchObject([
    { id: group.id, lastMessage: 'Hi', lastMessageAt: sent.body.message.createdAt },
  ]);
  annas.close();
  borises.close();
});

test('frames that are wrong get an error, and the socket goes on', async () => {
  const anna = await register('Anna');
  const group = await newGroup(anna);
  const socket = await ChatSocket.open(local.url, group.id, anna.token);
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

test('sockets are refused with 401 without a token and 403 without a place in the chat', async () => {
  const [anna, boris, eve] = await Promise.all([register('Anna'), register('Boris'), register('Eve')]);
  const group = await newGroup(anna, boris);
  const base = local.url.replace('http', 'ws');
  expect(await refusedStatus(`${base}/ws/chat/${group.id}`)).toBe(401);
  expect(await refusedStatus(`${base}/ws/chat/${group.id}?token=nonsense`)).toBe(401);
  expect(await refusedStatus(`${base}/ws/chat/${group.id}?token=${eve.token}`)).toBe(403);
  expect(await refusedStatus(`${base}/ws/chat/none?token=${eve.token}`)).toBe(403);
});

describe('what goes wrong is a problem with a stable code', () => {
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

  test('and 405 says which methods there are', async () => {
    expect((await call('PATCH', '/groups')).headers.get('allow')).toBe('POST');
  });
});

test('a browser may call it from any origin', async () => {
  const preflight = await fetch(`${local.url}/chats`, {
    method: 'OPTIONS',
    headers: {
      origin: 'http://app.test',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
  const answer = await fetch(`${local.url}/health`, { headers: { origin: 'http://app.test' } });
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
});

// The two below look back on all the traffic above.
test('no log line holds a token, a password or a query string', () => {
  const written = logs.join('');
  expect(written).toContain('"route":"$connect"');
  for (const secret of [...secrets, password, 'token=', 'limit=100']) expect(written).not.toContain(secret);
});

test('every grant of every role was needed', () => {
  expect(local.unusedGrants()).toEqual([]);
});
