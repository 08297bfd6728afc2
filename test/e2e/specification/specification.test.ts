import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { readContext } from '../../../infra/local/aws/cloudformation/context.ts';
import { Runner } from '../../../infra/local/runner.ts';
import { ChatSocket, type Json, request } from '../../support/api-client.ts';
import { ownTables } from '../../support/own-tables.ts';
import { blocks, type Example, modelOf, type Section, sections, socketUrls } from './examples.ts';

/** Every example of the specification, sent to the stage dev of cdk.json as `npm start` runs it, and its answer. */

const root = join(import.meta.dirname, '../../..');

const frames = 'Формат сообщений:';

/** Each section needs what those before it have made. */
const inOrder = [
  'POST /auth/register',
  'POST /auth/login',
  'POST /auth/refresh',
  'POST /groups/join',
  'POST /groups',
  'POST /chats/{chatId}/messages',
  'POST /ai/ask',
  'GET /ai/suggestions?chatId={chatId}',
  'POST /auth/gmail/token',
  'POST /google/meet/create',
  frames,
  'GET /chats/{chatId}/messages?limit=100',
  'GET /chats',
];
/** By heading. */
const byHeading = new Map(sections.map((section) => [section.heading, section]));
const section = (heading: string): Section =>
  byHeading.get(heading) ?? { heading, authorized: false, requests: [], responses: [] };

let runner: Runner;
/** What stands in the examples for things that only a running backend has. */
const real: Record<string, string> = {};
let token = '';

const send = async (method: string, path: string, body?: unknown, as?: string): Promise<Json> => {
  const answer = await request(runner.url, method, path, {
    ...(as && { token: as }),
    ...(body !== undefined && { body }),
  });
  expect(answer, `${method} ${path}`).toMatchObject({ status: 200 });
  return answer.body;
};

/** The request with the real ids, codes and tokens. Everything else is sent as it is written. */
const fill = (example: unknown): unknown =>
  JSON.parse(JSON.stringify(example).replace(/"([^"]+)"/g, (all, shown) => (real[shown] ? `"${real[shown]}"` : all)));

const expectAccepted = (example: Example, answer: unknown) => {
  const { error } = modelOf(example).safeParse(answer);
  expect(error && z.prettifyError(error), JSON.stringify(answer)).toBeUndefined();
};

const register = async (name: string): Promise<Json> =>
  send('POST', '/auth/register', { email: `${name}@example.com`, password: 'password123', name });

const codeTo = async (phone: string): Promise<string> => {
  await send('POST', '/auth/code', { phone });
  return (await send('GET', `/_local/sms?phone=${phone}`)).messages[0].code;
};

beforeAll(async () => {
  runner = await Runner.start({
    port: 0,
    dynamodb: ownTables(),
    context: () => readContext(root, 'dev'),
    log: () => {},
  });
  const [anna, boris] = await Promise.all(['anna', 'boris'].map(register));
  const { group } = await send('POST', '/groups', { name: 'To join', participantIds: [] }, anna.accessToken);
  Object.assign(real, {
    'user-id-1': anna.user.id,
    'user-id-2': boris.user.id,
    ABC123: group.inviteCode,
    'chat-id': group.id,
    123456: await codeTo('+79991234567'),
  });
});
afterAll(() => runner.close());

test('every example of the specification is compared', () => {
  expect(sections.map(({ heading }) => heading).sort()).toEqual(inOrder.toSorted());
  // The examples of login, register, refresh and gmail/token share a block with their answers; login has two requests.
  const examples = sections.flatMap((section) => [...section.requests, ...section.responses]);
  expect(examples).toHaveLength(blocks + 5);
  for (const { heading, responses } of sections) expect(responses, heading).toHaveLength(1);
  expect(socketUrls).toHaveLength(2);
});

describe.each(inOrder.filter((heading) => heading !== frames))('%s', (heading) => {
  const { authorized, requests: bodies, responses } = section(heading);
  const [method = '', path = ''] = heading.split(' ');
  // The specification forgets the header here: nothing else says whose Google account it is.
  const needsToken = authorized || heading === 'POST /auth/gmail/token';

  test.each(
    bodies.length > 0 ? bodies.map((body) => [JSON.stringify(body), body]) : [['a request without a body', undefined]],
  )('answers %s', async (_what, body) => {
    const url = path.replace('{chatId}', real['chat-id'] ?? '');
    const answer = await send(method, url, body && fill(body), needsToken ? token : undefined);
    for (const response of responses) expectAccepted(response, answer);
    if (answer.accessToken && !token) [token, real['jwt-refresh-token']] = [answer.accessToken, answer.refreshToken];
  });
});

test.each(socketUrls)('a socket opens at %s and takes the frame', async (shown) => {
  const { requests, responses } = section(frames);
  const url = shown
    .replace(/^wss:\/\/[^/]+/, runner.url.replace('http', 'ws'))
    .replace(/\{chatId\}|chat-id/, real['chat-id'] ?? '')
    .replace(/\{accessToken\}|your-token/, token);
  const socket = await ChatSocket.openAt(url);
  for (const frame of requests) socket.send(frame);
  const received = await socket.next();
  for (const response of responses) expectAccepted(response, received);
  expect(received.content).toBe('Message text');
  socket.close();
});

describe('what the examples do not show has the same form:', () => {
  const responseOf = (heading: string): Example => section(heading).responses[0];

  test('an account without a name', async () => {
    const body = { email: 'nameless@example.com', password: 'password123' };
    expectAccepted(responseOf('POST /auth/register'), await send('POST', '/auth/register', body));
  });

  test('an account with an email and a phone, which the login shows', async () => {
    const phone = '+79991234568';
    const code = await codeTo(phone);
    await send('PUT', '/users/me/phone', { phone, code, password: 'password123' }, token);
    const answer = await send('POST', '/auth/login', { email: 'user@example.com', password: 'password123' });
    expectAccepted(responseOf('POST /auth/login'), answer);
    expect(answer.user).toMatchObject({ email: 'user@example.com', name: 'User Name', phone });
  });

  test('a chat of two people without messages, and a new group', async () => {
    await send('POST', '/chats/direct', { userId: real['user-id-1'] }, token);
    const { chats } = await send('GET', '/chats', undefined, token);
    expect(chats.map(({ type }: Json) => type)).toContain('direct');
    expectAccepted(responseOf('GET /chats'), { chats });
  });

  test('messages of people, of the assistant and of the system', async () => {
    const listed = await send('GET', `/chats/${real['chat-id']}/messages?limit=100`, undefined, token);
    expect(new Set(listed.messages.map(({ type }: Json) => type))).toEqual(new Set(['text', 'ai', 'system']));
    expectAccepted(responseOf('GET /chats/{chatId}/messages?limit=100'), listed);
  });
});
