import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { awsSocketLimits } from '../../infra/local/aws/api-gateway/socket-gateway.ts';
import { Runner } from '../../infra/local/runner.ts';
import { ChatSocket, type Json, request } from '../support/api-client.ts';
import { newGroup, newPerson, type Person } from '../support/people.ts';
import { aws } from '../support/stand-ins/aws.ts';

/** How the runner imitates API Gateway. The test creates people directly in the tables that the runner uses too. */

const start = (limits = awsSocketLimits): Promise<Runner> =>
  Runner.start({ port: 0, dynamodb: inject('dynamodb'), secrets: aws.secrets, limits, log: () => {} });

let runner: Runner;
beforeAll(async () => {
  runner = await start();
});
afterAll(() => runner.close());

async function openSocket(url = runner.url): Promise<ChatSocket> {
  const anna = await newPerson();
  const { id } = await newGroup(anna);
  return ChatSocket.open(url, id, anna.token);
}

/** As a client does: orders frames by number and drops duplicates. */
async function readMessages(socket: ChatSocket, count: number): Promise<Json[]> {
  const bySeq = new Map<number, Json>();
  while (bySeq.size < count) {
    const frame = await socket.next();
    bySeq.set(frame.seq, frame);
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

test('40 people send at once over sockets and REST, and every reader gets the same 40 numbers', async () => {
  const people = await Promise.all(Array.from({ length: 40 }, () => newPerson()));
  const [owner, ...others] = people as [Person, ...Person[]];
  const { id: chatId } = await newGroup(owner, ...others);
  const sockets = await Promise.all(people.slice(0, 5).map(({ token }) => ChatSocket.open(runner.url, chatId, token)));
  for (const socket of sockets) socket.send({ type: 'message', content: 'over the socket' });
  const overRest = people
    .slice(5)
    .map(({ token }) =>
      request(runner.url, 'POST', `/chats/${chatId}/messages`, { token, body: { content: 'over REST' } }),
    );
  const lists = await Promise.all(sockets.map((socket) => readMessages(socket, 40)));
  await Promise.all(overRest);
  expect(lists[0]?.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, n) => n + 2));
  for (const list of lists) expect(list).toEqual(lists[0]);
  const { body } = await request(runner.url, 'GET', `/chats/${chatId}/messages?after=1`, { token: owner.token });
  expect(body.messages).toEqual(lists[0]);
  for (const socket of sockets) socket.close();
});

test('a binary frame closes with 1003', async () => {
  const socket = await openSocket();
  socket.socket.send(Buffer.from('bytes'));
  expect(await socket.closed()).toBe(1003);
});

test('a frame of more than 32 KB closes with 1009, one of 32 KB does not', async () => {
  const socket = await openSocket();
  socket.send('x'.repeat(32 * 1024));
  expect(await socket.next()).toMatchObject({ code: 'malformed_json' });
  socket.send('x'.repeat(32 * 1024 + 1));
  expect(await socket.closed()).toBe(1009);
});

test('a message of more than 128 KB in small frames closes with 1009', async () => {
  const socket = await openSocket();
  for (let n = 0; n < 4; n++) socket.socket.send('x'.repeat(32 * 1024), { fin: false });
  socket.socket.send('x', { fin: true });
  expect(await socket.closed()).toBe(1009);
});

test('a socket without traffic closes with 1001', async () => {
  // A separate runner: on a busy machine, other tests' sockets are idle for as long.
  const impatient = await start({ ...awsSocketLimits, idleMs: 500 });
  expect(await (await openSocket(impatient.url)).closed()).toBe(1001);
  await impatient.close();
});

test('open sockets survive a reload', async () => {
  const anna = await newPerson();
  const { id } = await newGroup(anna);
  const socket = await ChatSocket.open(runner.url, id, anna.token);
  await runner.reload();
  socket.send({ type: 'message', content: 'still here' });
  expect(await socket.next()).toMatchObject({ content: 'still here' });
  socket.close();
});

test('a reload that fails leaves the previous version running', async () => {
  vi.stubEnv('CDK_DEFAULT_REGION', 'cn-north-1');
  await expect(runner.reload()).rejects.toThrow(/^The CDK app failed:\n/);
  vi.unstubAllEnvs();
  expect((await request(runner.url, 'GET', '/health')).status).toBe(200);
});

test('only a function with the grant can post to connections', async () => {
  const outgoing = httpRequest(`${runner.url}/live/@connections/AAAAAAAAAAA=`, { method: 'POST', agent: new Agent() });
  outgoing.end('{}');
  const [answer] = await once(outgoing, 'response');
  answer.resume();
  expect(answer.statusCode).toBe(403);
});

test.each(['//', '//chats'])('a request for %s matches no endpoint, as on AWS', async (path) => {
  const { hostname, port } = new URL(runner.url);
  const asked = httpRequest({ hostname, port, path }).end();
  const [response] = await once(asked, 'response');
  response.resume();
  expect(response.statusCode).toBe(404);
});

test('throttles the endpoints that hash passwords, and no others, as the template says', async () => {
  const send = (method: string, path: string) =>
    request(runner.url, method, path, method === 'POST' ? { body: {} } : {});
  const logins = await Promise.all(Array.from({ length: 300 }, () => send('POST', '/auth/login')));
  const throttled = logins.filter(({ status }) => status === 429);
  expect(throttled.length).toBeGreaterThan(0);
  expect(logins.length - throttled.length).toBeGreaterThanOrEqual(100);
  for (const { body } of throttled) expect(body).toEqual({ message: 'Too Many Requests' });
  expect((await send('GET', '/health')).status).toBe(200);
});

test('answers 503 when the reserved concurrency of a function is in use', async () => {
  const codes = Array.from({ length: 30 }, () => request(runner.url, 'POST', '/auth/code', { body: {} }));
  const refused = (await Promise.all(codes)).filter(({ status }) => status === 503);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThanOrEqual(25);
  for (const { body } of refused) expect(body).toEqual({ message: 'Service Unavailable' });
});
