import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { login } from '#shared/contract/auth/login.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { getGroup } from '#shared/contract/groups/get-group.ts';
import { getMe } from '#shared/contract/users/get-me.ts';
import { db } from '#shared/data/client.ts';
import { spread } from '#shared/data/connections/shards.ts';
import { log } from '#shared/platform/log.ts';
import { handler as deliverHandler } from '../../functions/deliver.ts';
import { handler as messageHandler } from '../../functions/websocket/message.ts';
import type { Json } from '../support/api-client.ts';
import { call } from '../support/call.ts';
import { context, invokeSocket } from '../support/invoke.ts';
import { linesOf } from '../support/log-lines.ts';
import { connect, newGroup, newPerson } from '../support/people.ts';
import { aws } from '../support/stand-ins/aws.ts';

const invocationLines = (lines: Json[]) =>
  lines.filter(({ message }) => ['request', 'frame', 'delivery'].includes(message));

describe('a request', () => {
  test('is one line: who, what, where, outcome and duration', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const lines = await linesOf(() => call(getGroup, anna, { params: { groupId: chatId } }));
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.any(String),
        message: 'request',
        route: 'GET /groups/{groupId}',
        network: expect.any(String),
        status: 200,
        userId: anna.id,
        chatId,
        durationMs: expect.any(Number),
        coldStart: expect.any(Boolean),
        requestId: expect.any(String),
        correlationId: lines[0]?.requestId,
      },
    ]);
  });

  test('that is refused is one line with its code', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(await newPerson());
    const lines = await linesOf(() => call(sendMessage, anna, { params: { chatId }, body: { content: 'secret' } }));
    expect(lines).toMatchObject([{ level: 'info', status: 403, code: 'not_a_participant', userId: anna.id, chatId }]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  test('has nothing of the invocation before it', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    await call(getGroup, anna, { params: { groupId: chatId } });
    const [line] = await linesOf(() => call(getMe));
    expect(line).toMatchObject({ status: 401, code: 'token_missing' });
    expect(line).not.toHaveProperty('userId');
    expect(line).not.toHaveProperty('chatId');
  });

  test('returns the id of its log lines to the client', async () => {
    const answers: Awaited<ReturnType<typeof call>>[] = [];
    const lines = await linesOf(async () => {
      answers.push(await call(getMe, await newPerson()));
      answers.push(await call(getMe));
    });
    expect(answers.map(({ status }) => status)).toEqual([200, 401]);
    expect(answers.map(({ headers }) => headers['x-request-id'])).toEqual(
      lines.map(({ correlationId }) => correlationId),
    );
    expect(answers[1]?.body.requestId).toBe(lines[1]?.requestId);
  });

  test('is a cold start only once per environment', async () => {
    const lines = await linesOf(async () => {
      await call(getMe);
      await call(getMe);
    });
    expect(lines.at(-1)?.coldStart).toBe(false);
  });

  test('logs neither email nor password', async () => {
    const [email, password] = ['someone@example.com', 'not the password'];
    const lines = await linesOf(() => call(login, undefined, { body: { email, password } }));
    expect(invocationLines(lines)).toMatchObject([
      { route: 'POST /auth/login', status: 401, code: 'wrong_credentials' },
    ]);
    for (const secret of [email, password]) expect(JSON.stringify(lines)).not.toContain(secret);
  });
});

describe('a fault', () => {
  afterEach(() => void db.middlewareStack.remove('fault'));

  test('is logged with the errors that caused it, without their other properties', async () => {
    const cause = Object.assign(new Error('the socket closed'), { request: { headers: { authorization: 'token' } } });
    const fault = Object.assign(new Error('no answer', { cause }), { config: { apiKey: 'key' } });
    const anna = await newPerson();
    db.middlewareStack.add(() => () => Promise.reject(fault), { step: 'initialize', name: 'fault' });
    const [line] = await linesOf(() => call(getMe, anna));
    expect(line).toMatchObject({ level: 'error', status: 500, code: 'internal' });
    expect(line?.error).toEqual({
      name: 'Error',
      message: 'no answer',
      stack: expect.stringContaining('no answer'),
      cause: { name: 'Error', message: 'the socket closed', stack: expect.any(String) },
    });
  });
});

describe('a frame', () => {
  test('is one line, and other lines of its invocation have the same id', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const socket = await connect(anna, chatId);
    const frame = { type: 'message', content: 'secret' };
    const lines = await linesOf(async () => {
      await invokeSocket(messageHandler, 'message', socket, { frame });
      log.warn('on the way');
    });
    expect(lines).toMatchObject([
      { message: 'frame', route: 'message', status: 200, userId: anna.id, chatId, connectionId: socket },
      { message: 'on the way', route: 'message', correlationId: lines[0]?.requestId },
    ]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });
});

describe('a message in a large room', () => {
  test('has one correlation id for all of its delivery', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    await spread(chatId, 4);
    const input = { params: { chatId }, body: { content: 'secret' } };
    const lines = await linesOf(async () => {
      await call(sendMessage, anna, input);
      for (let taken = aws.invocations.shift(); taken; taken = aws.invocations.shift())
        await deliverHandler(taken.event as never, { ...context, awsRequestId: randomUUID() });
    });
    const pages = lines.map(({ message, seq, firstShard, inboxes }) => [
      message,
      seq,
      inboxes ? 'inboxes' : firstShard,
    ]);
    expect(pages).toHaveLength(6);
    expect(pages).toEqual(
      expect.arrayContaining([
        ['request', undefined, undefined],
        ...[0, 1, 2, 3, 'inboxes'].map((part) => ['delivery', 2, part]),
      ]),
    );
    for (const line of lines) expect(line).toMatchObject({ chatId, correlationId: lines[0]?.requestId });
    expect(new Set(lines.map(({ requestId }) => requestId)).size).toBe(lines.length);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  test('has a line for a part of the delivery that failed', async () => {
    const message = { chatId: randomUUID(), seq: 1 };
    aws.fail(500);
    const lines = await linesOf(() =>
      expect(
        deliverHandler({ ...message, userId: 'u', firstShard: 0, shardCount: 2 } as never, context),
      ).rejects.toThrow('Lambda answered 500'),
    );
    aws.fail(undefined);
    expect(lines).toMatchObject([{ level: 'error', message: 'delivery', ...message, shardCount: 2 }]);
  });
});
