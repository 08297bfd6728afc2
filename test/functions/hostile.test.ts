import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { checkHealth } from '#shared/contract/health/check-health.ts';
import { endpoints } from '#shared/contract/index.ts';
import { db } from '#shared/data/client.ts';
import { handler as listChatsHandler } from '../../functions/chats/list-chats.ts';
import { handler as healthHandler } from '../../functions/health/check-health.ts';
import { handler as defaultHandler } from '../../functions/websocket/default.ts';
import { handler as messageHandler } from '../../functions/websocket/message.ts';
import { call } from '../support/call.ts';
import { context, invoke, invokeSocket, restEvent } from '../support/invoke.ts';
import { connect, newGroup, newPerson } from '../support/people.ts';

const text = fc.string({ unit: 'binary', maxLength: 100 });
/** The names of fields under which values of every shape are sent. */
const fields = [
  'email',
  'password',
  'name',
  'participantIds',
  'inviteCode',
  'content',
  'clientId',
  'refreshToken',
  'phone',
  'code',
  'emails',
  'userIds',
  'userId',
  'chatId',
  'messageId',
  'reason',
  'mentions',
  'everyone',
  'replyToId',
  'seq',
  'role',
  'expiresIn',
  'type',
  '__proto__',
];
const body = fc.oneof(fc.dictionary(fc.constantFrom(...fields), fc.jsonValue()), fc.jsonValue(), text);
const query = fc.dictionary(fc.constantFrom('limit', 'after', 'before', 'cursor', 'x'), text);

test.each(endpoints)('$method $path never answers random input with a 5xx', async (endpoint) => {
  const { token } = await newPerson();
  await fc.assert(
    fc.asyncProperty(body, query, text, async (randomBody, randomQuery, chatId) => {
      const params = { chatId, groupId: chatId, userId: chatId, sessionId: chatId, messageId: chatId, emoji: chatId };
      const { status } = await call(endpoint, { token }, { body: randomBody, query: randomQuery, params });
      expect(status).toBeLessThan(500);
    }),
    { numRuns: 60 },
  );
});

test('a socket answers random input with an error frame', async () => {
  const anna = await newPerson();
  const socket = await connect(anna, (await newGroup(anna)).id);
  const codes = ['malformed_json', 'unknown_type', 'invalid_input'];
  await fc.assert(
    fc.asyncProperty(body, async (frame) => {
      const { status, body: answer } = await invokeSocket(defaultHandler, '$default', socket, { frame });
      expect(status).toBe(200);
      expect(codes).toContain(answer.code);
      expect((await invokeSocket(messageHandler, 'message', socket, { frame })).status).toBe(200);
    }),
    { numRuns: 60 },
  );
});

function failWith(error: Error): void {
  const fault = () => () => Promise.reject(error);
  db.middlewareStack.add(fault, { step: 'initialize', name: 'fault' });
}
afterEach(() => void db.middlewareStack.remove('fault'));

test('an unavailable database is answered with 503 and Retry-After', async () => {
  failWith(Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:443'), { code: 'ECONNREFUSED' }));
  const answer = await invoke(healthHandler, checkHealth);
  expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '1' }, body: { code: 'unavailable' } });
  expect(JSON.stringify(answer)).not.toContain('10.0.0.1');
});

// DynamoDB Local answers so when its disk is full.
test('a database that fails is answered with 503', async () => {
  failWith(Object.assign(new Error('The request processing has failed'), { name: 'InternalFailure' }));
  expect(await invoke(healthHandler, checkHealth)).toMatchObject({ status: 503, body: { code: 'unavailable' } });
});

test('an internal error is answered with 500 and reveals nothing', async () => {
  const { token } = await newPerson();
  failWith(new TypeError('secret detail'));
  const answer = await invoke(listChatsHandler, listChats, { token });
  expect(answer).toMatchObject({ status: 500, body: { code: 'internal', requestId: expect.any(String) } });
  expect(JSON.stringify(answer)).not.toContain('secret');
});

test('a function that runs out of time does not answer while a write is still running', async () => {
  const { token } = await newPerson();
  const reached = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  db.middlewareStack.add(
    (next) => async (args) => {
      reached.resolve();
      await goOn.promise;
      return next(args);
    },
    { step: 'initialize', name: 'fault' },
  );
  const outOfTime = { ...context, getRemainingTimeInMillis: () => 0 };
  let answered = false;
  const answer = listChatsHandler(restEvent(listChats, { token }), outOfTime).finally(() => {
    answered = true;
  });
  await reached.promise;
  // Any timer that the answer might wait for was set before this one.
  await sleep(5);
  expect(answered).toBe(false);
  goOn.resolve();
  expect((await answer).statusCode).toBe(200);
});
