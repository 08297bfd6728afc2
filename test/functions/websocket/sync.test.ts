import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { settledUpTo } from '#shared/chats/messages/gaps.ts';
import { nextNumber } from '#shared/chats/messages/next-number.ts';
import { type StoredMessage, storeMessage } from '#shared/data/chats/messages.ts';
import { countUse } from '#shared/data/limits.ts';
import { handler as syncHandler } from '../../../functions/websocket/sync.ts';
import type { Json } from '../../support/api-client.ts';
import { invokeSocket } from '../../support/invoke.ts';
import { connect, newGroup, newPerson } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';

/** A socket in a new group, and a function that stores messages there. The system message about the group is number 1. */
async function socketInGroup() {
  const anna = await newPerson();
  const { id: chatId } = await newGroup(anna);
  const socket = await connect(anna, chatId);
  const message = (seq: number, createdAt = new Date().toISOString()): StoredMessage => ({
    chatId,
    seq,
    userId: anna.id,
    type: 'text',
    content: `${seq}`,
    createdAt,
  });
  const store = async (createdAt?: string) =>
    storeMessage(message((await nextNumber(chatId, { userId: anna.id })).seq, createdAt));
  return { anna, chatId, socket, store };
}

/** The frames that a socket receives for a sync. */
async function sync(socket: string, after: unknown): Promise<Json[]> {
  const before = standIn.received(socket).length;
  await invokeSocket(syncHandler, 'sync', socket, { frame: { type: 'sync', after } });
  return standIn.received(socket).slice(before);
}

const numbers = (frames: Json[]) => frames.slice(0, -1).map(({ seq }) => seq);

describe('sync', () => {
  test('returns exactly the messages after a number, in order, and the number reached', async () => {
    const { socket, store } = await socketInGroup();
    for (let n = 2; n <= 20; n++) await store();
    const frames = await sync(socket, 7);
    expect(numbers(frames)).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    expect(frames[0]).toMatchObject({ type: 'text', content: '8', userName: 'Anna' });
    expect(frames.at(-1)).toEqual({ type: 'synced', seq: 20 });
    expect(await sync(socket, 20)).toEqual([{ type: 'synced', seq: 20 }]);
    expect(numbers(await sync(socket, 0))).toHaveLength(20);
  });

  test('returns at most 500 messages, and says that there are more', async () => {
    const { socket, store } = await socketInGroup();
    for (let n = 0; n < 10; n++) await Promise.all(Array.from({ length: 51 }, () => store()));
    const first = await sync(socket, 0);
    expect(numbers(first)).toEqual(Array.from({ length: 500 }, (_, n) => n + 1));
    expect(first.at(-1)).toEqual({ type: 'synced', seq: 500, more: true });
    const rest = await sync(socket, first.at(-1)?.seq);
    expect(numbers(rest)).toEqual([501, 502, 503, 504, 505, 506, 507, 508, 509, 510, 511]);
    expect(rest.at(-1)).toEqual({ type: 'synced', seq: 511 });
  });

  test('stops before a number whose message may still arrive, and skips one that never arrived', async () => {
    const { chatId, socket, store } = await socketInGroup();
    const longAgo = new Date(Date.now() - 61_000).toISOString();
    await nextNumber(chatId, { userId: 'somebody' });
    await store(longAgo);
    expect((await sync(socket, 0)).at(-1)).toEqual({ type: 'synced', seq: 3 });
    await nextNumber(chatId, { userId: 'somebody' });
    await store();
    const frames = await sync(socket, 0);
    expect(numbers(frames)).toEqual([1, 3, 5]);
    expect(frames.at(-1)).toEqual({ type: 'synced', seq: 3 });
  });

  test('is allowed 120 times a minute, and not once more', async () => {
    const { anna, socket } = await socketInGroup();
    const who = anna.id;
    for (let n = 0; n < 119; n++) await countUse('websocket/sync', who, { allow: 119, within: 60 });
    expect(await sync(socket, 0)).toHaveLength(2);
    expect(await sync(socket, 0)).toMatchObject([{ type: 'error', code: 'too_many_requests' }]);
  });

  test('stops when its socket closes', async () => {
    const { socket, store } = await socketInGroup();
    for (let n = 0; n < 5; n++) await store();
    standIn.behave(socket, 200, 200, 410);
    expect(numbers([...(await sync(socket, 0)), {}])).toEqual([1, 2]);
  });

  test.each([
    ['nothing', undefined],
    ['a negative number', -1],
    ['text', '5'],
    ['a fraction', 1.5],
    ['a number that is too large', 1e12],
  ])('rejects %s as "after"', async (_, after) => {
    const { socket } = await socketInGroup();
    expect(await sync(socket, after)).toMatchObject([{ type: 'error', code: 'invalid_input' }]);
  });

  test('is refused on an unknown connection', async () => {
    expect(await sync(`${randomUUID()}=`, 0)).toMatchObject([{ type: 'error', code: 'not_a_participant' }]);
  });
});

describe('the cursor for the next sync', () => {
  const now = Date.now();
  const at = (seq: number, age: number) => ({ seq, createdAt: new Date(now - age).toISOString() }) as StoredMessage;

  test.each<[string, StoredMessage[], number]>([
    ['nothing new', [], 4],
    ['no gap', [at(5, 2), at(6, 1)], 6],
    ['a recent gap', [at(5, 2), at(7, 1)], 5],
    ['a recent gap at the start', [at(6, 1)], 4],
    ['an old gap', [at(5, 70_000), at(7, 60_001), at(8, 1)], 8],
    ['an old gap and a recent one', [at(6, 60_001), at(8, 1), at(9, 1)], 6],
  ])('stops before the first recent gap: %s', (_, messages, settled) => {
    expect(settledUpTo(4, messages, now)).toBe(settled);
  });
});
