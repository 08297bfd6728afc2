import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { askAssistant } from '#shared/contract/ai/ask-assistant.ts';
import { listSuggestions } from '#shared/contract/ai/list-suggestions.ts';
import { login } from '#shared/contract/auth/login.ts';
import { register } from '#shared/contract/auth/register.ts';
import { sendCode } from '#shared/contract/auth/send-code.ts';
import { endpoints } from '#shared/contract/index.ts';
import type { Feature } from '#shared/contract/switches.ts';
import { getMe } from '#shared/contract/users/get-me.ts';
import { findUserByLogin } from '#shared/data/accounts/users.ts';
import { db } from '#shared/data/client.ts';
import { controlKeys } from '#shared/data/keys.ts';
import { settings } from '#shared/platform/settings.ts';
import { call, handlerOf } from '../support/call.ts';
import { whileThrottled } from '../support/intercept-next.ts';
import { invokeSocket } from '../support/invoke.ts';
import { linesOf } from '../support/log-lines.ts';
import { connect, newGroup, newPerson, newPhone } from '../support/people.ts';
import { aws } from '../support/stand-ins/aws.ts';
import { standIn } from '../support/stand-ins/connections.ts';

/** What the operator can switch off, with the command that docs/operate.md shows. */

const TableName = settings.controlTable();
const switchedOff = { status: 403, body: { code: 'switched_off' } };

/** Until the functions read the switches again. */
const passTime = () => vi.setSystemTime(Date.now() + 30_001);

async function switchOff(feature: Feature): Promise<void> {
  const ExpressionAttributeValues = { ':feature': new Set([feature]) };
  const UpdateExpression = 'ADD switchedOff :feature';
  await db.send(
    new UpdateCommand({ TableName, Key: controlKeys.switches, UpdateExpression, ExpressionAttributeValues }),
  );
  passTime();
}

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] });
  await db.send(new DeleteCommand({ TableName, Key: controlKeys.switches }));
  passTime();
});
afterAll(() => {
  vi.useRealTimers();
});

describe('while the service is switched off', () => {
  const served = endpoints.filter(({ name }) => !name.startsWith('docs/'));

  test.each(served)('$method $path answers 503 maintenance and says when to try again', async (endpoint) => {
    const anna = await newPerson();
    await switchOff('service');
    const answer = await call(endpoint, anna, endpoint.example);
    expect(answer).toMatchObject({ status: 503, body: { code: 'maintenance' }, headers: { 'retry-after': '60' } });
  });

  test('sockets are refused, and so are frames, whose socket stays open', async () => {
    const anna = await newPerson();
    const { id } = await newGroup(anna);
    const connectionId = await connect(anna, id);
    await switchOff('service');
    const query = { chatId: id, token: anna.token };
    const handshake = await invokeSocket(await handlerOf('websocket/connect'), '$connect', 'another', { query });
    expect(handshake.status).toBe(503);
    const frames = [
      { type: 'message', content: 'Hello', clientId: 'c1' },
      { type: 'sync', after: 0 },
    ];
    const lines = await linesOf(async () => {
      for (const frame of frames)
        await invokeSocket(await handlerOf(`websocket/${frame.type}`), frame.type, connectionId, { frame });
    });
    // Nobody needs to be paged for what the operator wants.
    for (const line of lines) expect(line).toMatchObject({ level: 'info', code: 'maintenance' });
    expect(JSON.stringify(lines)).not.toContain('Faults');
    expect(standIn.received(connectionId)).toMatchObject([
      { type: 'error', code: 'maintenance', clientId: 'c1' },
      { type: 'error', code: 'maintenance' },
    ]);
  });
});

test('while registration is switched off nobody opens an account, by email or by phone, and everybody else logs in', async () => {
  const [phone, email, password] = [newPhone(), `${newPhone()}@example.com`, 'correct horse'];
  const body = { email: `known${email}`, password };
  expect((await call(register, undefined, { body })).status).toBe(200);
  await switchOff('registration');
  expect(await call(register, undefined, { body: { email, password } })).toMatchObject(switchedOff);
  expect(await findUserByLogin({ kind: 'email', name: email })).toBeUndefined();
  expect((await call(sendCode, undefined, { body: { phone } })).status).toBe(200);
  expect(await call(login, undefined, { body: { phone, code: aws.codeTo(phone) } })).toMatchObject(switchedOff);
  expect(await findUserByLogin({ kind: 'phone', name: phone })).toBeUndefined();
  expect((await call(login, undefined, { body })).status).toBe(200);
});

test('while text messages are switched off no code is sent', async () => {
  const phone = newPhone();
  await switchOff('textMessages');
  expect(await call(sendCode, undefined, { body: { phone } })).toMatchObject(switchedOff);
  expect(aws.countTo(phone)).toBe(0);
});

test('while the assistant is switched off it neither answers nor suggests', async () => {
  const anna = await newPerson();
  const { id: chatId } = await newGroup(anna);
  await switchOff('assistant');
  expect(await call(askAssistant, anna, { body: { chatId, question: 'Well?' } })).toMatchObject(switchedOff);
  expect(await call(listSuggestions, anna, { query: { chatId } })).toMatchObject(switchedOff);
});

test('switches that cannot be read stay as they were', async () => {
  const anna = await newPerson();
  const reads = () => call(getMe, anna);
  expect((await reads()).status).toBe(200);
  passTime();
  const lines = await linesOf(() => whileThrottled(TableName, async () => expect((await reads()).status).toBe(200)));
  expect(lines).toMatchObject([
    { level: 'warn', message: 'switches not read: they stay as they were' },
    { status: 200 },
  ]);
  await switchOff('service');
  expect((await reads()).status).toBe(503);
  passTime();
  await whileThrottled(TableName, async () => expect((await reads()).status).toBe(503));
});

test('a function that has never read the switches refuses while it cannot read them', async () => {
  vi.resetModules();
  const { requireSwitchedOn } = await import('#shared/lambda/switches.ts');
  const { whileThrottled: throttle } = await import('../support/intercept-next.ts');
  await expect(throttle(TableName, () => requireSwitchedOn())).rejects.toMatchObject({ name: 'ThrottlingException' });
  await requireSwitchedOn();
});

test('switches are read before the token, so that no refusal leaves the reading behind', async () => {
  await switchOff('service');
  expect((await call(getMe)).status).toBe(503);
});

test('switches may be a list, as the console makes them', async () => {
  const anna = await newPerson();
  await db.send(new PutCommand({ TableName, Item: { ...controlKeys.switches, switchedOff: ['service'] } }));
  passTime();
  expect((await call(getMe, anna)).status).toBe(503);
});
