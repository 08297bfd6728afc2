import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { awsSocketLimits } from '../../infra/local/aws/api-gateway/socket-gateway.ts';
import { type Local, startLocal } from '../../infra/local/runner.ts';
import { ChatSocket, type Json, request } from '../support/api-client.ts';
import { newGroup, newPerson, type Person } from '../support/people.ts';
import { aws } from '../support/stand-ins/aws.ts';

/** What the runner does as API Gateway does it. People are made beside it: both use the same tables and secrets. */

const start = (limits = awsSocketLimits): Promise<Local> =>
  startLocal({ port: 0, dynamodb: inject('dynamodb'), secrets: aws.secrets, limits, log: () => {} });

let local: Local;
beforeAll(async () => {
  local = await start();
});
afterAll(() => local.close());

async function openSocket(url = local.url): Promise<ChatSocket> {
  const anna = await newPerson();
  const { id } = await newGroup(anna);
  return ChatSocket.open(url, id, anna.token);
}

/** The client's rule: a frame may come late or twice, its number puts it right. */
async function readMessages(socket: ChatSocket, count: number): Promise<Json[]> {
  const bySeq = new Map<number, Json>();
  while (bySeq.size < count) {
    const frame = await socket.next();
    bySeq.set(frame.seq, frame);
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

test('50 people send at once, over sockets and over REST: every reader has the same 50 numbers', async () => {
  const people = await Promise.all(Array.from({ length: 50 }, () => newPerson()));
  const [owner, ...others] = people as [Person, ...Person[]];
  const { id: chatId } = await newGroup(owner, ...others);
  const sockets = await Promise.all(people.slice(0, 5).map(({ token }) => ChatSocket.open(local.url, chatId, token)));
  for (const socket of sockets) socket.send({ type: 'message', content: 'over the socket' });
  const overRest = people
    .slice(5)
    .map(({ token }) =>
      request(local.url, 'POST', `/chats/${chatId}/messages`, { token, body: { content: 'over REST' } }),
    );
  const lists = await Promise.all(sockets.map((socket) => readMessages(socket, 50)));
  await Promise.all(overRest);
  expect(lists[0]?.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, n) => n + 2));
  for (const list of lists) expect(list).toEqual(lists[0]);
  const { body } = await request(local.url, 'GET', `/chats/${chatId}/messages?after=1`, { token: owner.token });
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
  // A runner of its own: on a busy machine others are without traffic for as long.
  const impatient = await start({ ...awsSocketLimits, idle: 500 });
  expect(await (await openSocket(impatient.url)).closed()).toBe(1001);
  await impatient.close();
});

test('open sockets stay over a reload, and go on', async () => {
  const anna = await newPerson();
  const { id } = await newGroup(anna);
  const socket = await ChatSocket.open(local.url, id, anna.token);
  await local.reload();
  socket.send({ type: 'message', content: 'still here' });
  expect(await socket.next()).toMatchObject({ content: 'still here' });
  socket.close();
});

test('nobody but a function with the grant may post to connections', async () => {
  const outgoing = httpRequest(`${local.url}/live/@connections/AAAAAAAAAAA=`, { method: 'POST', agent: new Agent() });
  outgoing.end('{}');
  const [answer] = await once(outgoing, 'response');
  answer.resume();
  expect(answer.statusCode).toBe(403);
});

test('an upgrade of what is no URL is refused, and the runner goes on', async () => {
  const { hostname, port } = new URL(local.url);
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-key': 'x',
    'sec-websocket-version': '13',
  };
  const refused = httpRequest({ hostname, port, path: '//', headers }).end();
  const [response] = await once(refused, 'response');
  response.resume();
  expect(response.statusCode).toBe(403);
  expect((await request(local.url, 'GET', '/health')).status).toBe(200);
});

test.each(['//', '//chats'])('a request for %s is for no endpoint, as on AWS', async (path) => {
  const { hostname, port } = new URL(local.url);
  const asked = httpRequest({ hostname, port, path }).end();
  const [response] = await once(asked, 'response');
  response.resume();
  expect(response.statusCode).toBe(404);
});
