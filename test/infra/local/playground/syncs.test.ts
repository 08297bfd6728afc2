import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SyncedFrame } from '../../../../infra/local/playground/client/realtime/frames.ts';
import { Syncs } from '../../../../infra/local/playground/client/realtime/inbox/syncs.ts';
import { Reader } from '../../../../infra/local/playground/client/realtime/reader.ts';
import type { Message } from '../../../../shared/contract/chats/message.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

const message = (seq: number): Message => ({
  id: `message-${seq}`,
  chatId: 'chat',
  userId: 'anna',
  userName: 'Anna',
  content: 'Hello',
  type: 'text',
  createdAt: '2026-03-05T09:00:00.000Z',
  seq,
});

/** A client that is live and has every message up to 5 and every change up to 7. */
function newSyncs() {
  const reader = new Reader();
  reader.restart([message(5)], 7, 'epoch');
  const asked: object[] = [];
  const told: string[] = [];
  const syncs = new Syncs({
    reader,
    isLive: true,
    ask: ({ type: _sync, epoch: _epoch, ...numbers }: { type?: string; epoch?: string }) => asked.push(numbers),
    onSynced: () => told.push('synced'),
    onFailed: () => told.push('failed'),
    onReset: () => told.push('reset'),
  });
  return { reader, syncs, asked, told };
}

const synced = (changes: SyncedFrame['changes'], more = false): SyncedFrame => ({
  type: 'synced',
  chatId: 'chat',
  seq: 5,
  more,
  changes,
  reset: false,
});

test('asks for messages and changes from the cursors on, one answer at a time', () => {
  const { syncs, asked, told } = newSyncs();
  for (const _ of [1, 2]) syncs.request();
  expect(asked).toEqual([{ after: 5, rev: 7 }]);
  syncs.synced(synced({ rev: 8, head: 8 }));
  expect(told).toEqual(['synced']);
  syncs.request();
  expect(asked).toEqual([
    { after: 5, rev: 7 },
    { after: 5, rev: 8 },
  ]);
});

test('asks for the next page of changes or messages at once', () => {
  const { syncs, asked, told, reader } = newSyncs();
  syncs.request();
  syncs.synced(synced({ rev: 9, head: 40, next: 7 }, true));
  syncs.synced(synced({ rev: 12, head: 40, next: 20 }));
  expect([asked.slice(1), told]).toEqual([
    [
      { after: 5, rev: 7 },
      { after: 5, rev: 20 },
    ],
    [],
  ]);
  syncs.synced(synced({ rev: 13, head: 40 }));
  expect([told, reader.changes.rev]).toEqual([['synced'], 9]);
});

test('asks a server that knows no changes for messages only', () => {
  const { syncs, told, reader } = newSyncs();
  syncs.request();
  syncs.synced({ ...synced(undefined), seq: 6 });
  expect([told, reader.cursor, reader.changes.rev]).toEqual([['synced'], 6, 7]);
});

describe('changes that may be missing', () => {
  test('are asked for once more after a minute, and until they have settled', async () => {
    const { syncs, asked } = newSyncs();
    syncs.request();
    syncs.synced(synced({ rev: 7, head: 9 }));
    await pass(59_999);
    expect(asked).toHaveLength(1);
    await pass(10_001);
    expect(asked).toHaveLength(2);
    syncs.synced(synced({ rev: 9, head: 9 }));
    await pass(600_000);
    expect(asked).toHaveLength(2);
  });

  test('are asked for when a live one shows a gap, unless that is filled meanwhile', async () => {
    const { syncs, asked, reader } = newSyncs();
    reader.changed(message(5), 9);
    syncs.check();
    await pass(59_000);
    reader.changed(message(5), 8);
    syncs.check();
    await pass(60_000);
    expect(asked).toEqual([]);
    reader.changed(message(5), 11);
    syncs.check();
    await pass(70_000);
    expect(asked).toEqual([{ after: 5, rev: 9 }]);
  });

  test('are asked for when the list of chats has a higher number', async () => {
    const { syncs, asked } = newSyncs();
    syncs.hear({ lastRev: 7, epoch: 'epoch' });
    await pass(70_000);
    expect(asked).toEqual([]);
    syncs.hear({ lastRev: 8, epoch: 'epoch' });
    await pass(70_000);
    expect(asked).toEqual([{ after: 5, rev: 7 }]);
  });
});

test('begins anew when the server says so, or when the list of chats shows that a backup was restored', () => {
  const { syncs, told } = newSyncs();
  syncs.request();
  syncs.synced({ ...synced({ rev: 90, head: 90 }), reset: true });
  syncs.hear({ lastRev: 7, epoch: 'restored' });
  expect(told).toEqual(['reset', 'reset']);
});

test('an answer that does not come is given up after 30 s, and its pages begin again', async () => {
  const { syncs, asked, told } = newSyncs();
  syncs.request();
  syncs.synced(synced({ rev: 9, head: 40, next: 20 }));
  await pass(30_000);
  expect(told).toEqual(['failed']);
  syncs.request();
  expect(asked.at(-1)).toEqual({ after: 5, rev: 7 });
});

test('after a refusal, a gap repeats the request', async () => {
  const { syncs, asked, reader } = newSyncs();
  reader.receive(message(8));
  syncs.check();
  await pass(1000);
  syncs.failed();
  expect(asked).toHaveLength(1);
  await pass(2000);
  expect(asked).toHaveLength(2);
});

test('asks no more when the socket is gone', async () => {
  const { syncs, asked, reader } = newSyncs();
  reader.receive(message(8));
  reader.changed(message(5), 9);
  syncs.check();
  syncs.stop();
  await pass(600_000);
  expect(asked).toEqual([]);
});
