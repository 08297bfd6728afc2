import { expect, test } from 'vitest';
import { ChangeCursor } from '../../../../infra/local/playground/client/realtime/change-cursor.ts';

function cursorAt(rev: number): ChangeCursor {
  const cursor = new ChangeCursor();
  cursor.restart(rev, 'first table');
  return cursor;
}

test('asks for no changes before the first page of messages', () => {
  expect(new ChangeCursor().request).toEqual({});
});

test('begins at the cursor that came with a page', () => {
  const cursor = cursorAt(7);
  expect(cursor.request).toEqual({ rev: 7, epoch: 'first table' });
  expect(cursor.behind).toBe(false);
});

test('live changes move the cursor as soon as none is missing between, in any order', () => {
  const cursor = cursorAt(7);
  for (const rev of [8, 10, 11, 10]) cursor.saw(rev);
  expect([cursor.rev, cursor.behind]).toEqual([8, true]);
  cursor.saw(9);
  expect([cursor.rev, cursor.behind]).toEqual([11, false]);
});

test('an answer moves the cursor, over the live changes behind it too, and never back', () => {
  const cursor = cursorAt(7);
  cursor.saw(12);
  cursor.synced({ rev: 11, head: 12 });
  expect(cursor.rev).toBe(12);
  cursor.synced({ rev: 9, head: 12 });
  expect([cursor.rev, cursor.behind]).toEqual([12, false]);
});

test('is behind while newer changes have not settled', () => {
  const cursor = cursorAt(7);
  cursor.synced({ rev: 8, head: 10 });
  expect([cursor.rev, cursor.behind]).toEqual([8, true]);
  cursor.synced({ rev: 10, head: 10 });
  expect(cursor.behind).toBe(false);
});

test('is behind when it hears of more changes', () => {
  const cursor = cursorAt(7);
  cursor.hear(7);
  expect(cursor.behind).toBe(false);
  cursor.hear(8);
  expect(cursor.behind).toBe(true);
});

test('after several pages, the cursor is that of the first one', () => {
  const cursor = cursorAt(7);
  cursor.synced({ rev: 40, head: 50, next: 20 });
  expect([cursor.rev, cursor.request.rev]).toEqual([7, 20]);
  cursor.synced({ rev: 45, head: 51, next: 30 });
  expect([cursor.rev, cursor.request.rev]).toEqual([7, 30]);
  cursor.synced({ rev: 46, head: 51 });
  expect([cursor.rev, cursor.request.rev, cursor.behind]).toEqual([40, 40, true]);
});

test('pages that do not come to an end change nothing', () => {
  const cursor = cursorAt(7);
  cursor.synced({ rev: 40, head: 50, next: 20 });
  cursor.abandon();
  expect(cursor.request.rev).toBe(7);
  cursor.synced({ rev: 45, head: 50 });
  expect(cursor.rev).toBe(45);
});

test('live changes count while an answer comes in pages', () => {
  const cursor = cursorAt(7);
  cursor.synced({ rev: 40, head: 50, next: 20 });
  cursor.saw(8);
  cursor.saw(41);
  expect([cursor.rev, cursor.request.rev]).toEqual([8, 20]);
  cursor.synced({ rev: 45, head: 50 });
  expect(cursor.rev).toBe(41);
});

test('beginning anew forgets everything, and may go back', () => {
  const cursor = cursorAt(7);
  cursor.saw(9);
  cursor.synced({ rev: 40, head: 50, next: 20 });
  cursor.restart(3, 'restored table');
  cursor.saw(4);
  expect([cursor.request, cursor.behind]).toEqual([{ rev: 4, epoch: 'restored table' }, false]);
});
