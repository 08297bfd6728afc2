import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { directIdOf } from '#shared/chats/direct-id.ts';
import { deleteBlock, storeBlock } from '#shared/data/chats/blocks.ts';
import { getChatsAlone, storeDirect } from '#shared/data/chats/chats.ts';
import { getMembership } from '#shared/data/chats/memberships.ts';
import { storeMessage } from '#shared/data/chats/messages.ts';
import { forgetRecords, leavingRecord, type Numbered, recordGap, takeNumber } from '#shared/data/chats/numbers.ts';
import { addConnection, addInbox } from '#shared/data/connections/connections.ts';
import { beginPage } from '#shared/data/connections/deliveries.ts';
import { getShards, spread } from '#shared/data/connections/shards.ts';
import { keys } from '#shared/data/keys.ts';
import { addUse, getUse, type Reservation, reserveUse, settleUse } from '#shared/data/limits.ts';
import { deleteItems } from '#shared/data/table.ts';
import { interceptNext, interceptNothing } from '../../support/intercept-next.ts';
import { newDirect, newPerson, type Person } from '../../support/people.ts';
import { alone, messageIn } from './scene.ts';

/** Conditions of writes to direct chats, messages, sockets and counters: what another request may have changed since this one has read it. */

afterEach(interceptNothing);

describe('a direct chat', () => {
  const pair = async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    return { anna, boris, id: directIdOf(anna.id, boris.id) };
  };

  test('is stored once', async () => {
    const { anna, boris, id } = await pair();
    expect(await storeDirect(id, anna.id, boris.id)).toBeUndefined();
    expect(await takeNumber(id, { userId: anna.id })).toMatchObject({ seq: 1 });
    expect(await storeDirect(id, boris.id, anna.id)).toBe('already exists');
    // Even if both have left it meanwhile.
    await deleteItems(
      process.env.CHAT_TABLE as string,
      [anna, boris].map((person) => keys.membership(person.id, id)),
    );
    expect(await storeDirect(id, boris.id, anna.id)).toBe('already exists');
    expect(await takeNumber(id, { userId: anna.id })).toMatchObject({ seq: 2 });
  });

  test('is not stored for a user who is gone', async () => {
    const { anna, boris, id } = await pair();
    expect(await storeDirect(id, randomUUID(), boris.id)).toBe('no such user');
    expect(await storeDirect(id, anna.id, randomUUID())).toBe('no such user');
  });

  test('is not stored if one of the two has blocked the other', async () => {
    const { anna, boris, id } = await pair();
    await storeBlock(anna.id, boris.id, id);
    expect(await storeDirect(id, anna.id, boris.id)).toBe('blocked');
    expect(await storeDirect(id, boris.id, anna.id)).toBe('blocked');
  });
});

describe('a block', () => {
  test('leaves no mark where there is no chat', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const id = directIdOf(anna.id, boris.id);
    await storeBlock(anna.id, boris.id, id);
    expect(await getMembership(boris.id, id)).toBeUndefined();
    await deleteBlock(anna.id, boris.id, id);
    expect(await getMembership(boris.id, id)).toBeUndefined();
  });

  test('marks a chat that is opened while it is written', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const id = directIdOf(anna.id, boris.id);
    // The first write finds no chat; before the second, there is one.
    interceptNext('TransactWriteItems', async (_, go) => {
      interceptNext('TransactWriteItems', async (_second, goOn) => {
        expect(await storeDirect(id, boris.id, anna.id)).toBeUndefined();
        return goOn();
      });
      return go();
    });
    await storeBlock(anna.id, boris.id, id);
    expect(await getMembership(boris.id, id)).toMatchObject({ blockedBy: new Set([anna.id]) });
  });
});

const aSession = { device: 'x', createdAt: '', lastUsedAt: '', rotation: 0, expiresAt: 0, generation: 0 };

describe('a socket', () => {
  const open = ({ id, sessionId }: Person, chatId: string, session = sessionId) =>
    addConnection({ connectionId: `${randomUUID()}=`, chatId }, { ...aSession, id: session, userId: id }, 1);

  test('is not stored for someone who is not in the chat, or is blocked there', async () => {
    const [anna, boris, eve] = await Promise.all([newPerson(), newPerson(), newPerson()]);
    const chatId = await newDirect(anna, boris);
    expect(await open(boris, chatId)).toBeUndefined();
    expect(await open(eve, chatId)).toBe('not a participant');
    await storeBlock(anna.id, boris.id, chatId);
    expect(await open(boris, chatId)).toBe('not a participant');
  });

  test('is not stored for a session that has ended', async () => {
    const { anna, id } = await alone();
    expect(await open(anna, id, randomUUID())).toBe('session ended');
  });

  test('for all chats is not stored for a session that has ended', async () => {
    const { anna } = await alone();
    const session = { ...aSession, userId: anna.id };
    expect(await addInbox(`${randomUUID()}=`, { ...session, id: anna.sessionId })).toBeUndefined();
    expect(await addInbox(`${randomUUID()}=`, { ...session, id: randomUUID() })).toBe('session ended');
  });
});

test('a message with a clientId is stored once', async () => {
  const { anna, id } = await alone();
  const message = { ...messageIn(id, anna), type: 'text', content: 'hi', clientId: randomUUID() } as const;
  expect(await storeMessage(message)).toBeUndefined();
  expect(await storeMessage({ ...message, seq: 101 })).toBe('clientId used');
});

test('a page keeps its first end', async () => {
  const page = { chatId: randomUUID(), what: 1, shard: 0, after: '' };
  expect(await beginPage(page, 'first')).toEqual({ next: 'first', state: 'begun' });
  expect(await beginPage(page, 'second')).toEqual({ next: 'first', state: 'begun' });
});

test('a room is spread over more shards, never over fewer', async () => {
  const chatId = randomUUID();
  for (const [wanted, shards] of [
    [4, 4],
    [2, 4],
    [8, 8],
  ] as const) {
    await spread(chatId, wanted);
    expect(await getShards(chatId)).toBe(shards);
  }
});

test('an amount is added to what is used in the window', async () => {
  const who = randomUUID();
  await addUse('tokens', who, 10, 60);
  await addUse('tokens', who, 5, 60);
  expect(await getUse('tokens', who)).toMatchObject({ used: 15 });
});

test('amounts that open the window at once are all counted', async () => {
  const who = randomUUID();
  // Another one opens it after the first has found none.
  interceptNext('UpdateItem', (_, go) => go().finally(() => addUse('tokens', who, 1, 60)));
  await addUse('tokens', who, 1, 60);
  expect(await getUse('tokens', who)).toMatchObject({ used: 2 });
});

test('a reservation is settled only in its own window', async () => {
  const who = randomUUID();
  const reserve = () => reserveUse('tokens', who, 10, { allow: 100, within: 60 });
  const first = (await reserve()) as Reservation;
  vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] });
  await reserve();
  await settleUse(first, 0);
  expect(await getUse('tokens', who)).toMatchObject({ used: 10 });
  vi.useRealTimers();
});

test('a chat that is gone has no next number', async () => {
  const id = randomUUID();
  expect(await takeNumber(id, { userId: 'somebody' })).toBe('gone');
  expect(await takeNumber(id, { userId: 'somebody' })).toBe('gone');
  expect(await takeNumber(id, { userId: 'somebody', leaving: { userId: 'somebody', at: 1 } })).toBe('gone');
});

describe('the number of a message', () => {
  const now = () => Date.now();
  const numbered = async (id: string, userId: string) => (await takeNumber(id, { userId })) as Numbered;

  test('is not given to a user who is leaving, for a minute, except about leaving and joining', async () => {
    const { anna, id } = await alone();
    const at = now();
    expect(await takeNumber(id, { userId: 'boris', leaving: { userId: anna.id, at } })).toMatchObject({ seq: 2 });
    expect(await takeNumber(id, { userId: anna.id })).toBe('leaving');
    expect(await takeNumber(id, { userId: 'boris' })).toMatchObject({ seq: 3 });
    // One removal at a time.
    expect(await takeNumber(id, { userId: anna.id, leaving: { userId: anna.id, at } })).toBe('leaving');
    expect(await takeNumber(id, { userId: 'boris', leaving: { userId: anna.id, at } })).toBe('leaving');
    const joined = await takeNumber(id, { userId: anna.id, joining: [anna.id] });
    expect(joined).toEqual({ seq: 4, at: expect.any(String), records: leavingRecord(anna.id, at) });
    expect(await takeNumber(id, { userId: anna.id })).toBe('leaving');
    await forgetRecords(id, leavingRecord(anna.id, at - 1));
    expect(await takeNumber(id, { userId: anna.id })).toBe('leaving');
    await forgetRecords(id, leavingRecord(anna.id, at));
    expect(await takeNumber(id, { userId: anna.id })).toMatchObject({ seq: 5 });
    const old = { userId: anna.id, at: at - 61_000 };
    expect(await takeNumber(id, { userId: 'boris', leaving: old })).toMatchObject({ seq: 6 });
    expect(await takeNumber(id, { userId: anna.id })).toMatchObject({ seq: 7 });
  });

  test('is remembered if it has no message, and of more than fifty the newest are', async () => {
    const { id } = await alone();
    for (let seq = 100; seq < 149; seq++) await recordGap(id, seq);
    await Promise.all([200, 201, 202].map((seq) => recordGap(id, seq)));
    await recordGap(id, 203);
    const [chat] = await getChatsAlone([id]);
    const gaps = [...(chat?.gaps ?? [])].sort((a, b) => a - b);
    expect(gaps).toHaveLength(50);
    expect(gaps.at(-1)).toBe(203);
    expect(gaps[0]).toBeGreaterThan(100);
  });

  test('is not remembered of a chat that is gone', async () => {
    const id = randomUUID();
    await recordGap(id, 1);
    expect(await getChatsAlone([id])).toEqual([]);
  });

  test('has a time that is not before the last one', async () => {
    const { anna, id } = await alone();
    const { at: first } = await numbered(id, anna.id);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(first) - 1 });
    expect(await numbered(id, anna.id)).toMatchObject({ seq: 3, at: first });
    vi.setSystemTime(Date.parse(first) + 1);
    const { at: later } = await numbered(id, anna.id);
    expect(Date.parse(later)).toBe(Date.parse(first) + 1);
    vi.setSystemTime(Date.parse(first));
    const leaving = { userId: anna.id, at: now() };
    expect(await takeNumber(id, { userId: anna.id, leaving })).toMatchObject({ seq: 5, at: later });
    expect(await takeNumber(id, { userId: anna.id })).toBe('leaving');
    vi.useRealTimers();
  });

  test('is given to nobody in a direct chat with a block, except about leaving', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const id = await newDirect(anna, boris);
    await storeBlock(anna.id, boris.id, id);
    for (const { id: userId } of [anna, boris]) expect(await takeNumber(id, { userId })).toBe('blocked');
    const leaving = { userId: anna.id, at: now() };
    expect(await takeNumber(id, { userId: anna.id, leaving })).toMatchObject({ seq: 1 });
  });
});

test('a block is not stored by a user who is gone', async () => {
  const boris = await newPerson();
  const ghost = randomUUID();
  expect(await storeBlock(ghost, boris.id, directIdOf(ghost, boris.id))).toBe('no such user');
});
