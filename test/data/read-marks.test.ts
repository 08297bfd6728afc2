import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { getMembership, type Membership, membershipPut } from '#shared/data/chats/memberships.ts';
import { advanceRead, getReadState, recordOwn, unreadCount } from '#shared/data/chats/read-marks.ts';
import { writeTogether } from '#shared/data/write.ts';
import { interceptNext, interceptNothing } from '../support/intercept-next.ts';

afterEach(interceptNothing);

const present = { joinedAt: '2026-01-01T00:00:00.000Z', role: 'member' } as const;

/** A membership as it is stored, which nothing else changes. */
async function reading(readSeq = 0): Promise<Membership> {
  const membership = { userId: randomUUID(), chatId: randomUUID(), readSeq, ...present };
  await writeTogether([membershipPut(membership)]);
  return membership;
}

const stored = async ({ userId, chatId }: Membership) => (await getMembership(userId, chatId)) as Membership;

/** Records each number, one after the other, knowing the membership as it is. */
async function recordAll(membership: Membership, numbers: number[]): Promise<void> {
  for (const seq of numbers) await recordOwn(await stored(membership), seq);
}

describe('a read mark', () => {
  test('never moves back', async () => {
    const membership = await reading();
    expect(await advanceRead(membership, 5)).toEqual({ readSeq: 5, movedFrom: 0 });
    expect(await advanceRead(membership, 4)).toEqual({ readSeq: 5 });
    expect(await advanceRead(membership, 7)).toEqual({ readSeq: 7, movedFrom: 5 });
  });

  test('is set only by a participant', async () => {
    const nobody = { userId: randomUUID(), chatId: randomUUID(), readSeq: 0 };
    expect(await advanceRead(nobody, 1)).toBe('not a participant');
    expect(await getReadState(nobody.userId, nobody.chatId)).toEqual({ lastSeq: 0, membership: undefined });
  });

  test('forgets the own numbers that it covers', async () => {
    const membership = await reading();
    await recordAll(membership, [2, 4, 6]);
    await advanceRead(await stored(membership), 4);
    expect(await stored(membership)).toMatchObject({ readSeq: 4, ownSeqs: new Set([6]) });
    await advanceRead(await stored(membership), 6);
    expect(await stored(membership)).not.toHaveProperty('ownSeqs');
  });
});

describe('an own number', () => {
  test('moves the mark if it is the next one', async () => {
    const membership = await reading(4);
    await recordOwn(membership, 5);
    expect(await stored(membership)).toEqual(expect.objectContaining({ readSeq: 5 }));
    expect(await stored(membership)).not.toHaveProperty('ownSeqs');
  });

  test('moves the mark over no message of others, whatever was known before', async () => {
    const membership = await reading(1);
    await recordOwn({ ...membership, readSeq: 4 }, 5);
    expect(await stored(membership)).toMatchObject({ readSeq: 1, ownSeqs: new Set([5]) });
  });

  test('does not move the mark back', async () => {
    const membership = await reading(4);
    await advanceRead(membership, 9);
    await recordOwn(membership, 5);
    expect(await stored(membership)).toMatchObject({ readSeq: 9 });
    expect(await stored(membership)).not.toHaveProperty('ownSeqs');
  });

  test('is recorded for nobody who has left', async () => {
    const nobody = { userId: randomUUID(), chatId: randomUUID(), readSeq: 0 };
    await recordOwn(nobody, 1);
    await recordOwn(nobody, 7);
    expect(await getMembership(nobody.userId, nobody.chatId)).toBeUndefined();
  });

  test('becomes the mark when eighty are kept already', async () => {
    const membership = await reading();
    const even = Array.from({ length: 80 }, (_, n) => 2 * (n + 1));
    await recordAll(membership, even);
    expect((await stored(membership)).ownSeqs?.size).toBe(80);
    // One that is there already is not one more.
    await recordOwn({ ...membership, readSeq: 0 }, 160);
    expect(await stored(membership)).toMatchObject({ readSeq: 0 });
    await recordAll(membership, [162]);
    expect(await stored(membership)).toMatchObject({ readSeq: 162 });
    expect(await stored(membership)).not.toHaveProperty('ownSeqs');
  });

  test('is tried three times, and then fails nothing', async () => {
    const membership = await reading();
    const conflict = Object.assign(new Error('conflict'), { name: 'TransactionConflictException' });
    const failing = (times: number) =>
      interceptNext('UpdateItem', async () => {
        if (times > 1) failing(times - 1);
        throw conflict;
      });
    failing(2);
    await recordOwn(membership, 3);
    expect((await stored(membership)).ownSeqs).toEqual(new Set([3]));
    failing(3);
    await recordOwn(membership, 5);
    expect((await stored(membership)).ownSeqs).toEqual(new Set([3]));
  });
});

test('own numbers count for nothing at or below the mark, and above the newest message', () => {
  expect(unreadCount(10, { readSeq: 4 })).toBe(6);
  expect(unreadCount(10, { readSeq: 4, ownSeqs: new Set([2, 4, 5, 10, 11]) })).toBe(4);
  expect(unreadCount(3, { readSeq: 4, ownSeqs: new Set([5]) })).toBe(0);
});

test('numbers without a message are not unread, and an own one is not counted twice', () => {
  expect(unreadCount(10, { readSeq: 4 }, { gaps: new Set([3, 6, 7, 11]) })).toBe(4);
  expect(unreadCount(10, { readSeq: 4, ownSeqs: new Set([6, 8]) }, { gaps: new Set([6, 7]) })).toBe(3);
});

test('whatever happens at the same moment, exactly the messages of others above the mark are unread', async () => {
  for (let round = 0; round < 20; round++) {
    const membership = await reading();
    const numbers = Array.from({ length: 30 }, (_, n) => n + 1);
    const own = numbers.filter(() => Math.random() < 0.6);
    const marks = numbers.filter(() => Math.random() < 0.2);
    const states = [membership];
    const looking = async () => void states.push(await stored(membership));
    // Each knows the membership as somebody has read it before.
    const known = () => states[Math.floor(Math.random() * states.length)] as Membership;
    const writes = [
      ...own.map((seq) => () => recordOwn(known(), seq)),
      ...marks.map((seq) => () => advanceRead(known(), seq)),
    ];
    const work = writes.map((write) => async () => {
      await looking();
      await write();
    });
    await Promise.all(work.sort(() => Math.random() - 0.5).map((run) => run()));
    const mark = Math.max(0, ...marks);
    const others = numbers.filter((seq) => seq > mark && !own.includes(seq));
    expect(unreadCount(30, await stored(membership)), JSON.stringify({ own, marks })).toBe(others.length);
  }
});
