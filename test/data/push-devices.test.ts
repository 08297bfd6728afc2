import { hash, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  deleteDevice,
  forgetTokens,
  type PushDevice,
  removeToken,
  storeDevice,
} from '#shared/data/accounts/push-devices.ts';
import { deleteSession, listStoredSessions } from '#shared/data/accounts/sessions.ts';
import { keys } from '#shared/data/keys.ts';
import { getItem } from '#shared/data/table.ts';
import { newPerson } from '../support/people.ts';

const newToken = (): Omit<PushDevice, 'registration'> => ({ token: randomUUID(), platform: 'android' });
const holderOf = ({ token }: Pick<PushDevice, 'token'>) =>
  getItem<{ userId: string }>(process.env.CHAT_TABLE as string, keys.pushToken(hash('sha256', token)));

test('a session that has ended gets no device and no item, and the token is not taken', async () => {
  const { id } = await newPerson();
  const [gone, device] = [randomUUID(), newToken()];
  expect(await storeDevice(id, gone, device)).toBe('session ended');
  await deleteDevice(id, gone);
  expect(await listStoredSessions(id)).toHaveLength(1);
  expect(await holderOf(device)).toBeUndefined();
});

test('a device is removed only while it has this token', async () => {
  const { id: userId, sessionId } = await newPerson();
  const device = newToken();
  await storeDevice(userId, sessionId, device);
  await removeToken({ userId, sessionId }, 'another token');
  expect((await listStoredSessions(userId))[0]?.push).toMatchObject(device);
  await removeToken({ userId, sessionId }, device.token);
  expect((await listStoredSessions(userId))[0]?.push).toBeUndefined();
});

test('the item of a token is deleted only by the session that has it', async () => {
  const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
  const device = newToken();
  await storeDevice(anna.id, anna.sessionId, device);
  const [annas] = await listStoredSessions(anna.id);
  await storeDevice(boris.id, boris.sessionId, device);
  await forgetTokens(annas ? [annas] : []);
  expect(await holderOf(device)).toMatchObject({ userId: boris.id });
  await deleteDevice(boris.id, boris.sessionId);
  expect(await holderOf(device)).toBeUndefined();
});

test('the item of a token goes when another one replaces it, but not with the same one registered again', async () => {
  const { id, sessionId } = await newPerson();
  const [first, second] = [newToken(), newToken()];
  await storeDevice(id, sessionId, first);
  const [before] = await listStoredSessions(id);
  await storeDevice(id, sessionId, first);
  await forgetTokens(before ? [before] : []);
  expect(await holderOf(first)).toMatchObject({ userId: id });
  await storeDevice(id, sessionId, second);
  expect(await holderOf(first)).toBeUndefined();
  expect(await holderOf(second)).toMatchObject({ userId: id });
});

test('the item of a token goes with its session', async () => {
  const { id, sessionId } = await newPerson();
  const device = newToken();
  await storeDevice(id, sessionId, device);
  await deleteSession(id, sessionId);
  expect(await holderOf(device)).toBeUndefined();
});
