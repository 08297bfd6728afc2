import { expect, test } from 'vitest';
import { OthersReads } from '../../../../../infra/local/playground/state/list/others-reads.ts';
import { messageOf } from './chats.ts';

const read = (userId: string, seq: number) => ({ type: 'read', chatId: 'lake', userId, seq }) as const;

test('how far others have read is unknown until something is heard of it', () => {
  const reads = new OthersReads('anna', () => {});
  reads.receive(read('anna', 7));
  expect(reads.hasRead('lake', 1)).toBe(undefined);
  reads.receive(read('boris', 4));
  expect([reads.hasRead('lake', 4), reads.hasRead('lake', 5)]).toEqual([true, false]);
  reads.receive(read('vera', 2));
  expect(reads.hasRead('lake', 4)).toBe(true);
  expect(reads.hasRead('hills', 1)).toBe(undefined);
});

test('a message that the user sends now is read by nobody yet, one of another says nothing', () => {
  const reads = new OthersReads('anna', () => {});
  reads.receive({ type: 'message', chatId: 'lake', message: messageOf({ seq: 5 }) });
  expect(reads.hasRead('lake', 5)).toBe(undefined);
  reads.receive({ type: 'message', chatId: 'lake', message: messageOf({ seq: 6, userId: 'anna' }) });
  expect(reads.hasRead('lake', 6)).toBe(false);
});

test('an open chat has loaded the marks; after an interruption nothing is known', () => {
  const reads = new OthersReads('anna', () => {});
  const marks = new Map([
    ['anna', 9],
    ['boris', 3],
  ]);
  reads.follow({ chat: { id: 'lake' }, realtime: { reads: marks } });
  expect([reads.hasRead('lake', 3), reads.hasRead('lake', 4)]).toEqual([true, false]);
  reads.forget();
  expect(reads.hasRead('lake', 3)).toBe(undefined);
});
