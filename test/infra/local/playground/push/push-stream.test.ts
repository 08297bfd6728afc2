import { beforeEach, expect, test, vi } from 'vitest';
import {
  listenWhileHidden,
  type Push,
  readPush,
} from '../../../../../infra/local/playground/state/push/push-stream.ts';

const data = { chatId: 'lake', seq: '7', rev: '0', unread: '2', type: 'message' };
const pushTo = (token: string) => ({ at: '', token, platform: 'web', title: 'Anna', body: 'Hi', data });

/** The streams that are open. */
const streams = new Set<FakeStream>();

class FakeStream {
  readonly url: string;
  onmessage = (_message: { data: string }) => {};
  constructor(url: string) {
    this.url = url;
    streams.add(this);
  }
  close(): void {
    streams.delete(this);
  }
}

/** A tab of this browser and what it has shown. */
function newTab(hidden: boolean) {
  const page = Object.assign(new EventTarget(), { hidden });
  const device: { token: string | undefined } = { token: 'mine' };
  const shown: Push[] = [];
  const stop = listenWhileHidden({ userId: 'boris', device, page, onPush: (push) => shown.push(push) });
  const set = (isHidden: boolean) => {
    page.hidden = isHidden;
    page.dispatchEvent(new Event('visibilitychange'));
  };
  return { device, shown, stop, hide: () => set(true), show: () => set(false) };
}

/** Resolves when whoever may listen does. */
const settled = () => navigator.locks.query();

const urls = () => [...streams].map(({ url }) => url);
const send = (token: string) => {
  for (const stream of streams) stream.onmessage({ data: JSON.stringify(pushTo(token)) });
};

beforeEach(() => {
  streams.clear();
  vi.stubGlobal('EventSource', FakeStream);
  return () => vi.unstubAllGlobals();
});

test('a hidden tab gets the pushes to this browser and not those to other devices', async () => {
  const tab = newTab(false);
  tab.hide();
  await expect.poll(urls).toEqual(['/_local/push?user=boris']);
  send('a phone');
  expect(tab.shown).toEqual([]);
  send('mine');
  expect(tab.shown).toEqual([{ token: 'mine', title: 'Anna', body: 'Hi', chatId: 'lake', seq: 7 }]);
  tab.device.token = undefined;
  send('mine');
  expect(tab.shown.length).toBe(1);
  tab.stop();
});

test('nothing is listened to in a tab that is shown, and after a logout', async () => {
  const tab = newTab(true);
  await expect.poll(urls).toHaveLength(1);
  tab.show();
  await settled();
  expect(urls()).toEqual([]);
  tab.hide();
  await expect.poll(urls).toHaveLength(1);
  tab.stop();
  expect(urls()).toEqual([]);
  tab.hide();
  await settled();
  expect(urls()).toEqual([]);
});

test('nothing is listened to while notifications are off; another tab may turn them on', async () => {
  const tab = newTab(false);
  tab.device.token = undefined;
  tab.hide();
  await settled();
  expect(urls()).toEqual([]);
  tab.device.token = 'mine';
  tab.hide();
  await expect.poll(urls).toHaveLength(1);
  tab.stop();
});

test('of two hidden tabs one listens, and the other one when that is shown', async () => {
  const [one, two] = [newTab(true), newTab(true)];
  await expect.poll(urls).toHaveLength(1);
  await expect.poll(async () => (await navigator.locks.query()).pending?.length).toBe(1);
  expect(urls()).toHaveLength(1);
  one.show();
  await expect.poll(urls).toHaveLength(1);
  send('mine');
  expect([one.shown.length, two.shown.length]).toEqual([0, 1]);
  two.stop();
});

test.each(['{', '{}', 'null', '{"token":"mine","title":"Anna","data":null}'])('%s is no push', (json) => {
  expect(readPush(json)).toBeUndefined();
});

test('a push without a body has its title alone', () => {
  const { body: _, ...hidden } = pushTo('mine');
  expect(readPush(JSON.stringify(hidden))).toMatchObject({ title: 'Anna', body: '' });
});
