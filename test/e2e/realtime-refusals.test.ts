import { setImmediate } from 'node:timers/promises';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, inject, test, vi } from 'vitest';
import { nextNumber } from '#shared/chats/messages/next-number.ts';
import { syncing } from '#shared/contract/websocket/index.ts';
import { storeMessage } from '#shared/data/chats/messages.ts';
import { db } from '#shared/data/client.ts';
import { keys } from '#shared/data/keys.ts';
import { times } from '../../infra/local/playground/client/realtime/times.ts';
import { ApiProblem } from '../../infra/local/playground/client/rest/api-problem.ts';
import { chatOfTwo, lastOf, useChats } from '../support/chats.ts';
import { newDirect, newPerson } from '../support/people.ts';

/** The playground's client when it is refused, or told what it doesn't know. */

const chats = useChats();

test('refreshes an expired token once for all waiting requests and repeats them', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 2 * 60 * 60 * 1000 });
  const anna = await newPerson();
  vi.useRealTimers();
  const { api, saved } = chats.signIn(anna);
  const answers = await Promise.all([api.listChats(), api.createGroup('New', 'a client id'), api.listChats()]);
  expect(answers[1].group.name).toBe('New');
  expect(saved).toHaveLength(1);
  expect(saved[0]?.refreshToken).not.toBe(anna.refreshToken);
});

test('a network failure during the refresh signs nobody out, an ended session does', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 2 * 60 * 60 * 1000 });
  const anna = await newPerson();
  vi.useRealTimers();
  const { api, session } = chats.signIn(anna);
  chats.network.cut();
  await expect(api.listChats()).rejects.not.toBeInstanceOf(ApiProblem);
  expect(session.user).toBeDefined();
  chats.network.restore();
  const other = chats.signIn(anna);
  await other.api.logout();
  await expect(api.listChats()).rejects.toMatchObject({ status: 401 });
  expect(session.user).toBeUndefined();
});

test('a removed member is told so and does not reconnect', async () => {
  const { anna, boris, chatId } = await chatOfTwo();
  const { realtime, untilIn } = chats.open(boris, chatId);
  await untilIn('live');
  await chats.ask(anna, 'DELETE', `/groups/${chatId}/members/${boris.id}`);
  await untilIn('ended');
  expect(realtime.state).toEqual({ name: 'ended', code: 'not_a_participant' });
});

test('ignores unknown frames, and API Gateway’s own while no message is on its way', async () => {
  const { anna, boris, chatId } = await chatOfTwo();
  const { realtime, until, untilIn } = chats.open(anna, chatId);
  await untilIn('live');
  const frames = [
    { message: 'Internal server error', connectionId: 'aBcDeF=', requestId: 'gHiJkL=' },
    { type: 'later', chatId, userId: boris.id },
    { type: 'text', chatId, seq: '2', content: 'no number' },
    { type: 'text', chatId, seq: 2, content: ['no text'] },
    { type: 'text', seq: 2, content: 'no chat' },
    { type: 'synced', chatId, seq: 'far' },
    null,
    [1],
  ];
  for (const frame of frames) chats.network.say(JSON.stringify(frame));
  chats.network.say('no JSON');
  await chats.say(chatId, boris, 'Hello');
  await until(() => lastOf(realtime)?.content === 'Hello');
  expect(realtime.reader.messages).toEqual(await chats.historyOf(chatId, anna));
  expect(realtime.reader.cursor).toBe(2);
  expect(realtime.state).toEqual({ name: 'live' });
});

test('reconnects when API Gateway did not handle its sync', async () => {
  const { anna, chatId } = await chatOfTwo();
  const { answer, sync } = times;
  Object.assign(times, { answer: 60_000, sync: 60_000 });
  const { untilIn } = chats.open(anna, chatId);
  await untilIn('catching up');
  chats.network.loseAnswers();
  chats.network.say(JSON.stringify({ message: 'Too Many Requests', connectionId: 'aBcDeF=', requestId: 'gHiJkL=' }));
  await untilIn('waiting');
  Object.assign(times, { answer, sync });
  chats.network.cut();
  chats.network.restore();
  await untilIn('live');
});

test('asks for a gap until it is filled, even if the first sync was refused', async () => {
  const { anna, boris, chatId } = await chatOfTwo();
  const { realtime, until, untilIn } = chats.open(anna, chatId);
  await untilIn('live');
  // As if she had asked as often as anybody may; it is over in three seconds.
  const spent = { used: syncing.allow, windowEnd: Date.now() + 3000 };
  const limit = { ...keys.limit('websocket/sync', anna.id), ...spent };
  await db.send(new PutCommand({ TableName: inject('chatTable'), Item: limit }));
  const { seq } = await nextNumber(chatId, { userId: 'somebody' });
  await chats.say(chatId, boris, 'After the hole');
  await until(() => lastOf(realtime)?.content === 'After the hole');
  const createdAt = new Date().toISOString();
  await storeMessage({ chatId, seq, userId: boris.id, createdAt, type: 'text', content: 'In the hole' });
  await until(() => !realtime.reader.behind);
  expect(realtime.reader.messages.map(({ content }) => content).slice(1)).toEqual(['In the hole', 'After the hole']);
});

test('a blocked user is told so when they write', async () => {
  const [anna, boris] = [await newPerson('Anna'), await newPerson('Boris')];
  const chatId = await newDirect(anna, boris);
  const { realtime, until, untilIn } = chats.open(boris, chatId);
  await untilIn('live');
  await chats.ask(anna, 'PUT', `/users/${boris.id}/block`);
  realtime.send('Are you there?');
  await untilIn('ended');
  await until(() => realtime.outbox.all[0]?.state === 'failed');
  expect(realtime.state).toEqual({ name: 'ended', code: 'blocked' });
});

test('opens no socket after the user has signed out', async () => {
  const { anna, chatId } = await chatOfTwo();
  const { api, inbox, close, untilIn } = chats.open(anna, chatId);
  await untilIn('live');
  chats.network.cut();
  await untilIn('waiting');
  chats.network.restore();
  const [tickets, sockets] = [vi.spyOn(api, 'createTicket'), vi.spyOn(globalThis, 'WebSocket')];
  inbox.wake();
  void close();
  await tickets.mock.results[0]?.value;
  await setImmediate();
  expect(sockets).not.toHaveBeenCalled();
});

test('sending to an ended chat fails at once and says why', async () => {
  const { anna, boris, chatId } = await chatOfTwo();
  const { realtime, untilIn } = chats.open(boris, chatId);
  await untilIn('live');
  chats.network.loseAnswers();
  realtime.send('On its way');
  chats.network.cut();
  await chats.ask(anna, 'DELETE', `/groups/${chatId}/members/${boris.id}`);
  chats.network.restore();
  await untilIn('ended');
  realtime.send('Too late');
  realtime.retry(realtime.outbox.all[0]?.clientId ?? '');
  const refusal = { code: 'not_a_participant' };
  expect(realtime.outbox.all).toMatchObject([
    { content: 'On its way', state: 'failed', refusal },
    { content: 'Too late', state: 'failed', refusal },
  ]);
});

test('after a refusal by a firewall it waits and reconnects', async () => {
  const { anna, chatId } = await chatOfTwo();
  const { realtime, untilIn } = chats.open(anna, chatId);
  await untilIn('live');
  chats.network.refuse(403, '<html><body>403 Forbidden</body></html>');
  for (let round = 0; round < 2; round++) {
    await untilIn('connecting');
    await untilIn('waiting');
  }
  chats.network.restore();
  await untilIn('live');
  expect(realtime.reader.messages).toEqual(await chats.historyOf(chatId, anna));
});
