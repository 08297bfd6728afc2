import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test, vi } from 'vitest';
import { abandonPush, beginPush, endPush, type PushMark } from '#shared/data/connections/push-marks.ts';
import { interceptNext } from '../support/intercept-next.ts';
import { pass } from '../support/push.ts';

const begin = (chatId: string, seq: number) => beginPush(chatId, 0, { seq });

/** Locks the mark of a chat for a message. */
async function locked(chatId: string, seq: number) {
  const begun = await begin(chatId, seq);
  if (begun === 'done' || !('lock' in begun)) throw new Error('The mark is not free.');
  return begun;
}

const end = (chatId: string, lock: string, mark: PushMark) => endPush(chatId, 0, lock, mark);

test('one worker at a time pushes to a page, also what it tries again', async () => {
  const chatId = randomUUID();
  const { lock } = await locked(chatId, 1);
  expect(await begin(chatId, 2)).toEqual({ waitMs: 2000 });
  expect(await beginPush(chatId, 0, 'retry')).toEqual({ waitMs: 2000 });
  expect(await end(chatId, lock, { pushedSeq: 1 })).toBe(true);
  expect(await beginPush(chatId, 0, 'retry')).toMatchObject({ mark: { pushedSeq: 1 } });
});

test('of workers that begin within the same millisecond one gets the lock', async () => {
  const chatId = randomUUID();
  pass(0);
  // Workers of one batch often do, so neither the time nor `Math.random` may be all that tells their locks apart.
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  onTestFinished(() => void vi.restoreAllMocks());
  const begun = await Promise.all([begin(chatId, 1), begin(chatId, 1), begin(chatId, 1)]);
  expect(begun.filter((one) => one !== 'done' && 'lock' in one)).toHaveLength(1);
});

test('the lock of a worker that has died ends after 30 seconds, and it can’t write any more', async () => {
  const chatId = randomUUID();
  const { lock } = await locked(chatId, 1);
  pass(31);
  const other = await locked(chatId, 2);
  expect(await end(chatId, lock, { pushedSeq: 1 })).toBe(false);
  await abandonPush(chatId, 0, lock);
  expect(await begin(chatId, 3)).toEqual({ waitMs: 2000 });
  expect(await end(chatId, other.lock, { pushedSeq: 2 })).toBe(true);
  expect(await begin(chatId, 2)).toBe('done');
});

test('a lock whose answer was lost, so that it is written twice, is one’s own', async () => {
  const chatId = randomUUID();
  interceptNext('UpdateItem', async (_, go) => {
    await go();
    return go();
  });
  const { lock } = await locked(chatId, 1);
  expect(await end(chatId, lock, { pushedSeq: 1 })).toBe(true);
});

test('what was abandoned begins anew at once', async () => {
  const chatId = randomUUID();
  const { lock } = await locked(chatId, 1);
  await abandonPush(chatId, 0, lock);
  expect(await begin(chatId, 1)).toHaveProperty('lock');
});

test('ten seconds pass between two pushes of a page; a device that is tried again does not wait', async () => {
  const chatId = randomUUID();
  const { lock } = await locked(chatId, 1);
  await end(chatId, lock, { pushedSeq: 1, pushedAt: Date.now() });
  pass(4);
  expect(await begin(chatId, 2)).toEqual({ waitMs: expect.closeTo(6000, -3) });
  expect(await beginPush(chatId, 0, { edit: 1 })).toHaveProperty('waitMs');
  const again = await beginPush(chatId, 0, 'retry');
  expect(again).toHaveProperty('lock');
  await abandonPush(chatId, 0, (again as { lock: string }).lock);
  pass(6);
  expect(await begin(chatId, 2)).toHaveProperty('lock');
});

test('a number whose message was missing, and an edit, are done once', async () => {
  const chatId = randomUUID();
  const { lock } = await locked(chatId, 3);
  await end(chatId, lock, { pushedSeq: 3, missingSeqs: new Set([2]), edits: new Set([7]) });
  expect(await begin(chatId, 1)).toBe('done');
  expect(await beginPush(chatId, 0, { edit: 7 })).toBe('done');
  const late = await locked(chatId, 2);
  expect(late.mark.missingSeqs).toEqual(new Set([2]));
  await end(chatId, late.lock, { ...late.mark, missingSeqs: new Set() });
  expect(await begin(chatId, 2)).toBe('done');
  expect(await beginPush(chatId, 0, { edit: 8 })).toHaveProperty('lock');
});
