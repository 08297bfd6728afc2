import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { removeToken } from '#shared/data/accounts/push-devices.ts';
import { listStoredSessions } from '#shared/data/accounts/sessions.ts';
import { sent } from '../../support/changes.ts';
import { linesOf } from '../../support/log-lines.ts';
import { newDirect, newPerson } from '../../support/people.ts';
import { newDevice, pass, shown, takeQueued, work, workOff } from '../../support/push.ts';
import { aws } from '../../support/stand-ins/aws.ts';
import { fcm, refusal } from '../../support/stand-ins/fcm.ts';
import { google } from '../../support/stand-ins/google.ts';

async function annaToBoris(...devices: object[]) {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const chatId = await newDirect(anna, boris);
  const token = await newDevice(boris, devices[0]);
  return { anna, boris, chatId, token, device: async () => (await listStoredSessions(boris.id))[0]?.push };
}

test('the message for each platform, and nothing of the others', async () => {
  const { anna, chatId, token } = await annaToBoris({ platform: 'android' });
  const { chatId: ofIos, anna: toIos, token: ios } = await annaToBoris({ platform: 'ios' });
  const { chatId: ofWeb, anna: toWeb, token: web } = await annaToBoris({ platform: 'web' });
  await Promise.all([sent(anna, chatId, 'Hi'), sent(toIos, ofIos, 'Hi'), sent(toWeb, ofWeb, 'Hi')]);
  await Promise.all([chatId, ofIos, ofWeb].map(workOff));
  const common = (id: string) => ({
    notification: { title: 'Anna', body: 'Hi' },
    data: { chatId: id, seq: '1', rev: '0', unread: '1', type: 'message' },
  });
  expect(fcm.take(token)).toEqual([
    {
      token,
      ...common(chatId),
      android: { priority: 'HIGH', notification: { tag: chatId, channel_id: 'messages' } },
    },
  ]);
  expect(fcm.take(ios)).toEqual([
    {
      token: ios,
      ...common(ofIos),
      apns: {
        headers: { 'apns-collapse-id': ofIos, 'apns-priority': '10', 'apns-push-type': 'alert' },
        payload: { aps: { 'thread-id': ofIos, 'mutable-content': 1, sound: 'default' } },
      },
    },
  ]);
  expect(fcm.take(web)).toEqual([
    {
      token: web,
      ...common(ofWeb),
      webpush: { headers: { Urgency: 'high' }, notification: { tag: ofWeb, renotify: true } },
    },
  ]);
});

test('asks Google for a token that the service account has signed, once', async () => {
  google.behave();
  const { anna, chatId } = await annaToBoris();
  aws.fillOperatorSecret();
  await sent(anna, chatId);
  await workOff(chatId);
  const asked = google.requests.filter(({ path }) => path === '/oauth/token');
  const { path, authorization } = fcm.requests.at(-1) ?? {};
  expect(path).toBe('/v1/projects/our-project/messages:send');
  expect(authorization).toMatch(/^Bearer .+/);
  expect(asked.length).toBeLessThanOrEqual(1);
  for (const { body } of asked) {
    const { assertion = '', grant_type } = Object.fromEntries(new URLSearchParams(body));
    expect(grant_type).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    expect(decodeJwt(assertion)).toMatchObject({
      iss: 'push@our-project.iam.gserviceaccount.com',
      aud: 'https://oauth2.googleapis.com/token',
      scope: 'https://www.googleapis.com/auth/firebase.messaging',
    });
  }
});

test('a token that Google has revoked is replaced at once', async () => {
  const { anna, chatId, token } = await annaToBoris();
  fcm.tell(token, refusal(401, 'UNAUTHENTICATED'));
  await sent(anna, chatId, 'Hi');
  await workOff(chatId);
  expect(shown(token)).toEqual(['Anna: Hi']);
});

test.each([
  ['UNREGISTERED', refusal(404, 'UNREGISTERED')],
  [
    'an error that names the token',
    refusal(400, 'INVALID_ARGUMENT', [{ fieldViolations: [{ field: 'message.token', description: 'Invalid' }] }]),
  ],
  [
    'a text that never was a token',
    {
      status: 400,
      body: {
        error: {
          code: 400,
          status: 'INVALID_ARGUMENT',
          message: 'The registration token is not a valid FCM registration token',
          details: [{ '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode: 'INVALID_ARGUMENT' }],
        },
      },
    },
  ],
])('%s: the device is forgotten', async (_, answer) => {
  const { anna, chatId, token, device } = await annaToBoris();
  fcm.tell(token, answer);
  await sent(anna, chatId, 'Hi');
  await workOff(chatId);
  expect(await device()).toBeUndefined();
  expect(takeQueued(chatId)).toEqual([]);
});

test.each([
  ['a payload that is too large', refusal(400, 'INVALID_ARGUMENT', [{ fieldViolations: [{ field: 'message' }] }])],
  ['another project’s token', refusal(403, 'SENDER_ID_MISMATCH')],
  ['Apple’s refusal', refusal(401, 'THIRD_PARTY_AUTH_ERROR')],
])('%s: the device is kept, nothing is repeated, and the log has the cause', async (_, answer) => {
  const { anna, chatId, token, device } = await annaToBoris();
  fcm.tell(token, answer, answer);
  await sent(anna, chatId, 'Hi');
  const lines = await linesOf(() => workOff(chatId));
  expect(await device()).toMatchObject({ token });
  expect(takeQueued(chatId)).toEqual([]);
  expect(lines).toContainEqual(
    expect.objectContaining({
      message: 'push refused',
      chatId,
      devices: 1,
      PushesRefused: 1,
      cause: expect.any(String),
    }),
  );
});

test.each([
  ['Firebase’s API switched off', refusal(403, 'PERMISSION_DENIED'), 1],
  ['Apple’s key expired', refusal(401, 'THIRD_PARTY_AUTH_ERROR'), 1],
  ['an app of another project', refusal(403, 'SENDER_ID_MISMATCH'), undefined],
  ['a removed app', refusal(404, 'UNREGISTERED'), undefined],
])('%s: what only the operator can mend counts as lost', async (_, answer, PushesLost) => {
  const { anna, chatId, token } = await annaToBoris();
  fcm.tell(token, answer);
  await sent(anna, chatId, 'Hi');
  const lines = await linesOf(() => workOff(chatId));
  const line = lines.find(({ message }) => message === 'push');
  expect([line?.PushesRefused, line?.PushesLost]).toEqual([1, PushesLost]);
});

test('UNREGISTERED for an old token leaves the new one', async () => {
  const { boris, device } = await annaToBoris();
  const current = await newDevice(boris);
  await removeToken({ userId: boris.id, sessionId: boris.sessionId }, 'the old token');
  expect(await device()).toMatchObject({ token: current });
});

test.each([
  ['503', refusal(503, 'UNAVAILABLE'), 10],
  ['503 with Retry-After', { ...refusal(503, 'UNAVAILABLE'), headers: { 'retry-after': '33' } }, 33],
  ['429', refusal(429, 'QUOTA_EXCEEDED'), 60],
  ['no error in its form', { status: 502 }, 10],
])('%s: the device is tried again after that time', async (_, answer, wait) => {
  const { anna, chatId, token } = await annaToBoris();
  fcm.tell(token, answer);
  await sent(anna, chatId, 'Hi');
  await workOff(chatId);
  expect(shown(token)).toEqual([]);
  const [again] = takeQueued(chatId);
  expect(again?.delaySeconds).toBe(wait);
  pass(wait);
  await work(...(again ? [again.event] : []));
  expect(shown(token)).toEqual(['Anna: Hi']);
});

test('one device that Firebase can’t serve holds up no other, and waits as long as Firebase asks for', async () => {
  const { anna, boris, chatId, token } = await annaToBoris();
  const other = await newDevice(boris);
  expect(other).not.toBe(token);
  fcm.tell(other, { ...refusal(429, 'QUOTA_EXCEEDED'), headers: { 'retry-after': '60' } });
  await sent(anna, chatId, 'one');
  await workOff(chatId);
  const [retry] = takeQueued(chatId);
  pass(11);
  await sent(anna, chatId, 'two');
  await workOff(chatId);
  expect(shown(other)).toEqual([]);
  pass(50);
  await work(...(retry ? [retry.event] : []));
  expect(shown(other)).toEqual(['Anna: 2 new messages']);
  // Nothing is left to be done.
  await work(...(retry ? [retry.event] : []));
  expect(shown(other)).toEqual([]);
});

test('a device waits as long as Firebase asks for, also if another retry of it comes before', async () => {
  const { anna, chatId, token } = await annaToBoris();
  fcm.tell(token, refusal(503, 'UNAVAILABLE'));
  await sent(anna, chatId, 'one');
  await workOff(chatId);
  const first = takeQueued(chatId).map(({ event }) => event);
  fcm.tell(token, { ...refusal(429, 'QUOTA_EXCEEDED'), headers: { 'retry-after': '3600' } });
  await sent(anna, chatId, 'two');
  pass(12);
  await workOff(chatId);
  const second = takeQueued(chatId);
  // The queue waits no longer.
  expect(second.map(({ delaySeconds }) => delaySeconds)).toEqual([900]);
  await work(...first);
  expect(shown(token)).toEqual([]);
  pass(900);
  await work(...second.map(({ event }) => event));
  expect(shown(token)).toEqual(['Anna: 2 new messages']);
});

test('after ten minutes a device is given up', async () => {
  const { anna, chatId, token } = await annaToBoris();
  fcm.tell(token, ...Array.from({ length: 20 }, () => refusal(503, 'UNAVAILABLE')));
  await sent(anna, chatId, 'Hi');
  const delays: number[] = [];
  const lines = await linesOf(async () => {
    for (let queued = takeQueued(chatId); queued.length > 0; queued = takeQueued(chatId)) {
      delays.push(...queued.map(({ delaySeconds }) => delaySeconds));
      pass(delays.at(-1) ?? 0);
      await work(...queued.map(({ event }) => event));
    }
  });
  expect(delays).toEqual([8, 10, 20, 40, 80, 160, 320]);
  expect(lines).toContainEqual(expect.objectContaining({ message: 'push given up', devices: 1 }));
});

test('without a service account the log says what is missing, and nothing is retried', async () => {
  const { anna, chatId, token } = await annaToBoris();
  await sent(anna, chatId, 'Hi');
  aws.fillOperatorSecret({ fcmServiceAccount: '' });
  pass(2400);
  const lines = await linesOf(() => workOff(chatId));
  aws.fillOperatorSecret();
  expect(lines).toContainEqual(
    expect.objectContaining({ level: 'error', message: expect.stringContaining('fcmServiceAccount') }),
  );
  expect([shown(token), takeQueued(chatId)]).toEqual([[], []]);
});
