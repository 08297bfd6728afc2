import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LocalFile } from '../../../../../infra/local/playground/client/files/local-file.ts';
import type { Inbox } from '../../../../../infra/local/playground/client/realtime/inbox/inbox.ts';
import { AllUnsent } from '../../../../../infra/local/playground/state/all-unsent.ts';
import { stubStorage } from './browser-storage.ts';

/** Two tabs of a browser that share their storage. Uploads never end. */

let storage: Record<string, string>;
const tabs: AllUnsent[] = [];

beforeEach(() => {
  storage = stubStorage();
});
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.stop();
  vi.unstubAllGlobals();
});

function newTab() {
  const posted: string[] = [];
  const inbox = {
    api: { createFile: () => new Promise(() => {}) },
    listen: () => () => {},
    ask: ({ content }: { content: string }) => posted.push(content) > 0,
  };
  const unsent = new AllUnsent(inbox as unknown as Inbox, 'anna', () => {});
  tabs.push(unsent);
  const states = () => unsent.in('lake').outbox.all.map(({ content, state }) => `${content} ${state}`);
  return { posted, unsent, states };
}

const video = () => [
  { name: 'sea.mp4', mimeType: 'video/mp4', size: 100, local: new LocalFile(new Blob([])) } as const,
];

/** A tab with an upload on its way, and a text after it. */
function busyTab() {
  const tab = newTab();
  const { sender } = tab.unsent.senderOf('lake');
  sender.add('The sea', {}, video());
  sender.add('Afterwards');
  return tab;
}

/** Resolves when whoever may take messages over has. */
const settled = () => navigator.locks.query();

const refusals = () => Object.values(storage).flatMap((json) => JSON.parse(json).refusal?.code ?? []);

test('another tab leaves messages alone that this one is sending', async () => {
  busyTab();
  const other = newTab();
  await settled();
  expect([other.posted, other.states(), refusals()]).toEqual([[], [], []]);
  expect(other.unsent.count).toBe(2);
});

test('another tab takes them over when this one is closed, in their order', async () => {
  const tab = newTab();
  tab.unsent.senderOf('lake').sender.add('One');
  tab.unsent.in('lake').outbox.add('Two');
  const other = newTab();
  tab.unsent.stop();
  await expect.poll(other.states).toEqual(['One sending', 'Two waiting']);
  expect(other.posted).toEqual(['One']);
});

test('only one of the other tabs takes them over', async () => {
  const tab = busyTab();
  const others = [newTab(), newTab()];
  tab.unsent.stop();
  await expect.poll(() => others.map(({ posted }) => posted)).toEqual([['Afterwards'], []]);
  await settled();
  expect(others.map(({ states }) => states())).toEqual([['The sea failed', 'Afterwards sending'], []]);
});

test('a tab that was open before takes them over too, also from the one that has taken them over', async () => {
  const [first, second, third] = [newTab(), newTab(), newTab()];
  /** As the browser does in all tabs but the one that has saved something. */
  const tell = (...others: { unsent: AllUnsent }[]) => {
    for (const key of Object.keys(storage)) for (const { unsent } of others) unsent.hear(key);
  };
  first.unsent.senderOf('lake').sender.add('One');
  tell(second, third);
  first.unsent.stop();
  await expect.poll(second.states).toEqual(['One sending']);
  tell(third);
  await settled();
  expect(third.states()).toEqual([]);
  second.unsent.stop();
  await expect.poll(third.states).toEqual(['One sending']);
});

test('over plain HTTP, where tabs know nothing of each other, lost files are not lost for the tab that has them', () => {
  vi.stubGlobal('navigator', {});
  busyTab();
  const other = newTab();
  expect(other.states()).toEqual(['The sea failed', 'Afterwards sending']);
  expect(refusals()).toEqual([]);
});
