import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type JWTPayload, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { FcmStandIn, fcmPath } from '../../../../infra/local/stand-ins/fcm.ts';
import { standInAccount } from '../../../../infra/local/stand-ins/fcm-account.ts';
import type { FcmMessage } from '../../../../infra/local/stand-ins/fcm-message.ts';
import type { Json } from '../../../support/api-client.ts';

/** The stand-in refuses what FCM refuses, in its words: https://firebase.google.com/docs/cloud-messaging/error-codes */

const account = await standInAccount();
const accepted: FcmMessage[] = [];
const standIn = new FcmStandIn(account, async (message) => void accepted.push(message));
const server = createServer((request, response) => void standIn.answer(request, response));
let url: string;
let accessToken: string;

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${fcmPath}`;
});
beforeEach(async () => {
  accepted.length = 0;
  accessToken = (await requestToken()).body.access_token;
});
afterEach(() => void vi.useRealTimers());
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const now = () => Math.floor(Date.now() / 1000);
const { private_key: pem } = JSON.parse(account.json);
const claims = () => ({
  iss: account.clientEmail,
  scope: 'https://www.googleapis.com/auth/firebase.messaging',
  aud: 'https://oauth2.googleapis.com/token',
  iat: now(),
  exp: now() + 3600,
});

async function requestToken(
  changed: JWTPayload = {},
  { key = createPrivateKey(pem), grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer' } = {},
) {
  const assertion = await new SignJWT({ ...claims(), ...changed }).setProtectedHeader({ alg: 'RS256' }).sign(key);
  const body = new URLSearchParams({ grant_type: grant, assertion });
  const answer = await fetch(`${url}/token`, { method: 'POST', body });
  return { status: answer.status, body: (await answer.json()) as Json };
}

async function send(
  message: object | string,
  { token = accessToken, project = account.projectId, signal = AbortSignal.timeout(5000) } = {},
) {
  const answer = await fetch(`${url}/v1/projects/${project}/messages:send`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: typeof message === 'string' ? message : JSON.stringify({ message }),
    signal,
  });
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: (await answer.json()) as Json };
}

const violation = (field: string, description: string) => ({
  '@type': 'type.googleapis.com/google.rpc.BadRequest',
  fieldViolations: [{ field, description }],
});
const fcmError = (errorCode: string) => ({ '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode });
const refusal = (code: number, status: string, ...details: object[]) => ({
  status: code,
  body: { error: { code, status, message: expect.any(String), details } },
});

test('gives an access token to the service account', async () => {
  expect(await requestToken()).toEqual({
    status: 200,
    body: { access_token: expect.stringMatching(/^ya29\./), expires_in: 3599, token_type: 'Bearer' },
  });
});

test.each<[string, () => Parameters<typeof requestToken>, string]>([
  ['another account', () => [{ iss: 'somebody@example.com' }], 'invalid_grant'],
  ['another audience', () => [{ aud: url }], 'invalid_grant'],
  ['another scope', () => [{ scope: 'openid' }], 'invalid_scope'],
  ['more than an hour', () => [{ exp: now() + 3700 }], 'invalid_grant'],
  ['an assertion that has expired', () => [{ iat: now() - 4000, exp: now() - 400 }], 'invalid_grant'],
  ['an assertion from the future', () => [{ iat: now() + 600, exp: now() + 900 }], 'invalid_grant'],
  ['another key', () => [{}, { key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }], 'invalid_grant'],
  ['another grant', () => [{}, { grant: 'refresh_token' }], 'unsupported_grant_type'],
])('gives no access token for %s', async (_what, input, error) => {
  expect(await requestToken(...input())).toMatchObject({ status: 400, body: { error } });
});

const android = {
  token: 'a-device',
  notification: { title: 'Saturday', body: 'Anna: Hello' },
  data: { chatId: 'c', seq: '7' },
  android: { priority: 'HIGH', notification: { tag: 'c', channel_id: 'messages' } },
};
const ios = {
  token: 'a-phone',
  apns: {
    headers: { 'apns-collapse-id': 'c', 'apns-priority': '10' },
    payload: { aps: { alert: { title: 'Saturday' }, 'thread-id': 'c', 'mutable-content': 1, sound: 'default' } },
  },
};
const web = { token: 'a-browser', webpush: { headers: { TTL: '60' }, notification: { tag: 'c' } } };

test.each([
  ['android', android],
  ['ios', ios],
  ['web', web],
])('accepts a message for %s', async (_platform, message) => {
  expect(await send(message)).toMatchObject({
    status: 200,
    body: { name: expect.stringMatching(`^projects/${account.projectId}/messages/.`) },
  });
  expect(accepted).toEqual([message]);
});

test('checks a message and does not send it with validate_only', async () => {
  expect((await send(JSON.stringify({ validate_only: true, message: android }))).status).toBe(200);
  expect(accepted).toEqual([]);
});

test.each<[string, object | string, ...object[]]>([
  [
    'a number in the data',
    { ...android, data: { chatId: 'c', seq: 12 } },
    violation('message.data[1].value', "Invalid value at 'message.data[1].value' (TYPE_STRING), 12"),
  ],
  [
    'an unknown field',
    { ...android, android: { collapseKey: 'c' } },
    violation(
      'message.android',
      'Invalid JSON payload received. Unknown name "collapseKey" at \'message.android\': Cannot find field.',
    ),
  ],
  [
    'an unknown field beside the message',
    JSON.stringify({ message: android, to: 'x' }),
    violation('', 'Invalid JSON payload received. Unknown name "to": Cannot find field.'),
  ],
  [
    'an unknown priority',
    { ...android, android: { priority: 'URGENT' } },
    violation('message.android.priority', 'Invalid value at \'message.android.priority\' (TYPE_ENUM), "URGENT"'),
  ],
  ['no JSON', '{'],
])('the parser refuses %s', async (_what, message, ...details) => {
  expect(await send(message)).toMatchObject(refusal(400, 'INVALID_ARGUMENT', ...details));
  expect(accepted).toEqual([]);
});

test.each<[string, object, object]>([
  ['no device', { data: {} }, violation('message', 'Recipient of the message is not set.')],
  ...['from', 'message_type', 'google.x', 'gcm.notification.x'].map((key): [string, object, object] => [
    `the reserved key ${key}`,
    { ...android, data: { [key]: 'x' } },
    violation('message.data', `Invalid data payload key: ${key}`),
  ]),
  [
    'more than 4096 bytes',
    { ...android, notification: { title: 'ё'.repeat(2048) } },
    violation('message', 'Android message is too big'),
  ],
  [
    'a collapse id of more than 64 bytes',
    { ...ios, apns: { headers: { 'apns-collapse-id': 'ё'.repeat(33) } } },
    {
      '@type': 'type.googleapis.com/google.firebase.fcm.v1.ApnsError',
      statusCode: 400,
      reason: 'BadCollapseId',
    },
  ],
])('FCM refuses %s', async (_what, message, detail) => {
  expect(await send(message)).toMatchObject(refusal(400, 'INVALID_ARGUMENT', fcmError('INVALID_ARGUMENT'), detail));
  expect(accepted).toEqual([]);
});

test('takes a message of 4096 bytes and a collapse id of 64', async () => {
  const headers = { 'apns-collapse-id': 'ё'.repeat(32) };
  expect((await send({ ...ios, apns: { headers } })).status).toBe(200);
  const messageOf = (title: string) => ({ token: 'a', notification: { title } });
  const { token: _, ...empty } = messageOf('');
  const room = 4096 - JSON.stringify(empty).length;
  expect((await send(messageOf('x'.repeat(room)))).status).toBe(200);
  expect((await send(messageOf('x'.repeat(room + 1)))).status).toBe(400);
});

test('refuses an access token that it does not know or that has expired, and another project', async () => {
  expect(await send(android, { token: 'unknown' })).toMatchObject({
    status: 401,
    body: { error: { status: 'UNAUTHENTICATED' } },
  });
  expect(await send(android, { project: 'another' })).toMatchObject({
    status: 403,
    body: { error: { status: 'PERMISSION_DENIED' } },
  });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_598_000 });
  expect((await send(android)).status).toBe(200);
  vi.setSystemTime(Date.now() + 2000);
  expect(await send(android)).toMatchObject({ status: 401, body: { error: { status: 'UNAUTHENTICATED' } } });
  expect(accepted).toHaveLength(1);
});

test.each([
  ['unregistered', refusal(404, 'NOT_FOUND', fcmError('UNREGISTERED'))],
  [
    'invalid',
    refusal(
      400,
      'INVALID_ARGUMENT',
      fcmError('INVALID_ARGUMENT'),
      violation('message.token', 'Invalid registration token'),
    ),
  ],
  ['mismatch', refusal(403, 'PERMISSION_DENIED', fcmError('SENDER_ID_MISMATCH'))],
  ['third-party', refusal(401, 'UNAUTHENTICATED', fcmError('THIRD_PARTY_AUTH_ERROR'))],
])('refuses a device with the word %s each time', async (word, expected) => {
  for (let n = 0; n < 3; n++) expect(await send({ token: `my-${word}-phone` })).toMatchObject(expected);
  expect(accepted).toEqual([]);
});

test.each([
  ['busy', 2, '1', refusal(503, 'UNAVAILABLE', fcmError('UNAVAILABLE'))],
  ['quota', 1, '60', refusal(429, 'RESOURCE_EXHAUSTED', fcmError('QUOTA_EXCEEDED'))],
])('refuses a device with the word %s %s times', async (word, times, retryAfter, expected) => {
  const token = `${word}-phone`;
  for (let n = 0; n < times; n++) expect(await send({ token })).toMatchObject({ ...expected, retryAfter });
  expect(accepted).toEqual([]);
  expect((await send({ token })).status).toBe(200);
  expect(accepted).toEqual([{ token }]);
});

test('answers nothing the first time to a device with the word silent', async () => {
  await expect(send({ token: 'silent' }, { signal: AbortSignal.timeout(300) })).rejects.toThrow(/timeout/);
  expect(accepted).toEqual([]);
  expect((await send({ token: 'silent' })).status).toBe(200);
});
