import { expect, test } from 'vitest';
import type { OutgoingFile } from '../../../../../infra/local/playground/client/files/outgoing-file.ts';
import { Tray } from '../../../../../infra/local/playground/state/tray.ts';

/** A tray whose files become ready, or are refused, one by one. */
function newTray() {
  const tray = new Tray();
  const gates = new Map<string, PromiseWithResolvers<void>>();
  const refused: unknown[] = [];
  const prepare = async ({ name, size }: File): Promise<OutgoingFile> => {
    await gates.get(name)?.promise;
    return { name, size, mimeType: 'text/plain' };
  };
  const add = (...names: string[]) => {
    for (const name of names) gates.set(name, Promise.withResolvers());
    const files = names.map((name) => new File(['-'], name));
    tray.add(files, { prepare, onChange: () => {}, onRefused: (error) => refused.push(error) });
  };
  const names = () => tray.chosen.map(({ name }) => name);
  return { tray, add, names, refused, gateOf: (name: string) => gates.get(name) as PromiseWithResolvers<void> };
}

test('a message that waits for its files also waits for one that is added meanwhile', async () => {
  const { tray, add, names, gateOf } = newTray();
  add('first');
  let isReady = false;
  const ready = tray.ready().then(() => {
    isReady = true;
  });
  add('second');
  gateOf('first').resolve();
  await expect.poll(() => tray.chosen[0]?.file).toBeDefined();
  expect(isReady).toBe(false);
  gateOf('second').resolve();
  await ready;
  expect(tray.take().map(({ name }) => name)).toEqual(['first', 'second']);
  expect(names()).toEqual([]);
});

test('a file that is refused or removed does not go with the message', async () => {
  const { tray, add, names, refused, gateOf } = newTray();
  add('refused', 'removed', 'kept');
  tray.remove(tray.chosen[1]?.key ?? '');
  for (const name of ['removed', 'kept']) gateOf(name).resolve();
  gateOf('refused').reject('too large');
  await tray.ready();
  expect([names(), refused]).toEqual([['kept'], ['too large']]);
});

test('a file that is not ready stays in the tray', async () => {
  const { tray, add, names, gateOf } = newTray();
  add('ready', 'late');
  gateOf('ready').resolve();
  await expect.poll(() => tray.chosen[0]?.file).toBeDefined();
  expect(tray.take()).toHaveLength(1);
  expect(names()).toEqual(['late']);
  gateOf('late').resolve();
  await tray.ready();
  expect(tray.take()).toHaveLength(1);
});
