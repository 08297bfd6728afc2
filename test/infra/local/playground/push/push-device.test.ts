import { beforeEach, expect, test, vi } from 'vitest';
import { NoAnswer } from '../../../../../infra/local/playground/client/rest/api-problem.ts';
import { PushDevice } from '../../../../../infra/local/playground/state/push/push-device.ts';

const storage = new Map<string, string>();
const permission = { isGranted: () => true, ask: async () => true };
const users = { setPush: vi.fn(), deletePush: vi.fn() };
const device = new PushDevice({ users }, permission);

beforeEach(() => {
  storage.clear();
  permission.isGranted = () => true;
  permission.ask = async () => true;
  users.setPush.mockReset();
  users.deletePush.mockReset();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => void storage.set(key, value),
    removeItem: (key: string) => void storage.delete(key),
  });
  return () => vi.unstubAllGlobals();
});

test('a start registers the token of the time when notifications were turned on, in the language of now', async () => {
  await device.register('en');
  expect(users.setPush).not.toHaveBeenCalled();
  expect(await device.turnOn('en')).toBe(true);
  expect(device.token).toMatch(/^local-web-[0-9a-f]{32}$/);
  await new PushDevice({ users }, permission).register('ru');
  expect(users.setPush.mock.calls).toEqual([
    [device.token, 'en'],
    [device.token, 'ru'],
  ]);
});

test('without permission nothing is registered', async () => {
  permission.ask = async () => false;
  expect(await device.turnOn('en')).toBe(false);
  expect([users.setPush.mock.calls, device.token]).toEqual([[], undefined]);
});

test('permission that the user has taken back turns notifications off', async () => {
  await device.turnOn('en');
  permission.isGranted = () => false;
  await device.register('en');
  expect([users.setPush.mock.calls.length, device.token]).toEqual([1, undefined]);
});

test('what the server has not heard is not remembered', async () => {
  users.setPush.mockRejectedValueOnce(new NoAnswer());
  await expect(device.turnOn('en')).rejects.toThrow(NoAnswer);
  expect(device.token).toBeUndefined();
  await device.turnOn('en');
  users.deletePush.mockRejectedValueOnce(new NoAnswer());
  await expect(device.turnOff()).rejects.toThrow(NoAnswer);
  expect(device.token).toBeDefined();
  await device.turnOff();
  expect(device.token).toBeUndefined();
});
