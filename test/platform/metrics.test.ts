import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { login } from '#shared/contract/auth/login.ts';
import { sendCode } from '#shared/contract/auth/send-code.ts';
import { metricNames } from '#shared/contract/metrics.ts';
import { getMe } from '#shared/contract/users/get-me.ts';
import { db } from '#shared/data/client.ts';
import type { Connection } from '#shared/data/connections/connections.ts';
import { countMetric, takeMetrics } from '#shared/platform/metrics.ts';
import { handler as messageHandler } from '../../functions/websocket/message.ts';
import type { Json } from '../support/api-client.ts';
import { call } from '../support/call.ts';
import { invokeSocket } from '../support/invoke.ts';
import { linesOf } from '../support/log-lines.ts';
import { connect, newGroup, newPerson, newPhone, password } from '../support/people.ts';
import { fillRoom } from '../support/rooms.ts';
import { standIn } from '../support/stand-ins/connections.ts';

/** What CloudWatch reads from log lines: the value of each metric that they declare. */
const countedIn = (lines: Json[]): Json[] =>
  lines
    .filter((line) => line._aws)
    .map((line) =>
      Object.fromEntries(line._aws.CloudWatchMetrics[0].Metrics.map(({ Name }: Json) => [Name, line[Name]])),
    );

test('an invocation’s log line has its counts in the embedded metric format, and the next one starts at zero', async () => {
  takeMetrics();
  const lines = await linesOf(async () => {
    countMetric('Messages');
    countMetric('Messages', 2);
    countMetric('CodesSent', 0);
    await call(getMe);
    await call(getMe);
  });
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatchObject({
    message: 'request',
    Messages: 3,
    _aws: {
      Timestamp: expect.any(Number),
      CloudWatchMetrics: [{ Namespace: 'chat-test', Dimensions: [[]], Metrics: [{ Name: 'Messages', Unit: 'Count' }] }],
    },
  });
  expect(lines[1]).not.toHaveProperty('_aws');
});

test('a message is counted, and each of its deliveries by outcome', async () => {
  const anna = await newPerson();
  const { id: chatId } = await newGroup(anna);
  const socket = await connect(anna, chatId);
  const [gone, refused, slow] = (await fillRoom(chatId, 6)) as [Connection, Connection, Connection];
  standIn.behave(gone.connectionId, 410);
  standIn.behave(refused.connectionId, 403);
  standIn.behave(slow.connectionId, 429, 429, 200);
  const frame = { type: 'message', content: 'hello' };
  const lines = await linesOf(() => invokeSocket(messageHandler, 'message', socket, { frame }));
  expect(countedIn(lines)).toEqual([
    // By cause, then in total.
    { DeliveriesGivenUp: 1 },
    { Messages: 1, Deliveries: 5, ConnectionsGone: 1, DeliveriesGivenUp: 1, DeliveryRetries: 2 },
  ]);
});

test('logins and refused logins are counted', async () => {
  const { email } = await newPerson();
  const [ip, stranger] = [randomUUID(), `${randomUUID()}@example.com`];
  const lines = await linesOf(async () => {
    await call(login, undefined, { body: { email, password } });
    await call(login, undefined, { body: { email, password: 'wrong one' } });
    await call(login, undefined, { body: { phone: newPhone(), code: '123456' } });
    await call(login, undefined, { body: {} });
    for (let n = 0; n < 11; n++) await call(login, undefined, { ip, body: { email: stranger, password } });
  });
  const counted = countedIn(lines);
  expect(counted.slice(0, 3)).toEqual([{ Logins: 1 }, { LoginsRefused: 1 }, { LoginsRefused: 1 }]);
  expect(lines.at(-1)).toMatchObject({ status: 429, LoginsRefused: 1 });
  expect(counted).toHaveLength(14);
});

test('only one-time codes that were sent are counted', async () => {
  const phone = newPhone();
  const lines = await linesOf(async () => {
    await call(sendCode, undefined, { body: { phone } });
    await call(sendCode, undefined, { body: { phone } });
  });
  expect(lines.map(({ status }) => status)).toEqual([200, 429]);
  expect(countedIn(lines)).toEqual([{ CodesSent: 1 }]);
});

afterEach(() => void db.middlewareStack.remove('fault'));

test('a frame that fails is counted as a fault, and a refused one is not', async () => {
  const anna = await newPerson();
  const { id: chatId } = await newGroup(anna);
  const socket = await connect(anna, chatId);
  const send = (frame: unknown) => invokeSocket(messageHandler, 'message', socket, { frame });
  const refused = await linesOf(() => send({ type: 'message', content: '' }));
  db.middlewareStack.add(() => () => Promise.reject(new Error('broken')), { step: 'initialize', name: 'fault' });
  const broken = await linesOf(() => send({ type: 'message', content: 'hello' }));
  expect(countedIn(refused)).toEqual([]);
  expect(countedIn(broken)).toEqual([{ Faults: 1 }]);
});

test('metric names are unique', () => {
  expect(new Set(metricNames).size).toBe(metricNames.length);
});
