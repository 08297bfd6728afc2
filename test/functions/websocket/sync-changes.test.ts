import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { nextNumber } from '#shared/chats/messages/next-number.ts';
import { syncedMessages } from '#shared/contract/websocket/sync.ts';
import { epoch } from '#shared/data/changes/epoch.ts';
import { addUse } from '#shared/data/limits.ts';
import { handler as syncHandler } from '../../../functions/websocket/sync.ts';
import type { Json } from '../../support/api-client.ts';
import { edit, react, remove, sent } from '../../support/changes.ts';
import { countOperations } from '../../support/count-operations.ts';
import { invokeSocket } from '../../support/invoke.ts';
import { connect, newGroup, newPerson } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';
import { logged, stored, storedMany } from '../../support/stored.ts';

/** Catching up with changed messages on a socket. */

afterEach(() => {
  vi.useRealTimers();
});

const minuteMs = 60_000;

/** A group of two, whose number 1 is its system message, and a socket of the second. */
async function scene(query: Record<string, string> = {}) {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const { id: chatId } = await newGroup(anna, boris);
  return { anna, boris, chatId, socket: await connect(boris, chatId, query) };
}

/** The frames that a socket receives for a sync. */
async function sync(socket: string, held: object): Promise<Json[]> {
  const before = standIn.received(socket).length;
  await invokeSocket(syncHandler, 'sync', socket, { frame: { type: 'sync', ...held } });
  return standIn.received(socket).slice(before);
}

const messagesIn = (frames: Json[]) => frames.filter(({ type }) => type === 'text').map(({ seq }) => seq);
const changedIn = (frames: Json[]) => frames.filter(({ type }) => type === 'changed').map(({ message }) => message.seq);

/** Syncs until nothing more is left: the answers, and the cursor that the client then has. */
async function catchUp(socket: string, held: { after: number; rev: number }) {
  const answers: Json[][] = [];
  let asked = held;
  for (let more = true; more; ) {
    const frames = await sync(socket, asked);
    answers.push(frames);
    const { seq, next, more: isMore } = frames.at(-1) as Json;
    more = isMore === true;
    asked = { after: seq, rev: next };
  }
  return { answers, rev: answers[0]?.at(-1)?.rev, after: asked.after };
}

describe('a client of the specification', () => {
  test('gets what it always got: no changes, and nothing about them in `synced`', async () => {
    const { anna, chatId, socket } = await scene();
    const [one, two] = [await sent(anna, chatId), await sent(anna, chatId)];
    await edit(anna, one, 'edited');
    await remove(anna, two);
    const frames = await sync(socket, { after: one.seq });
    expect(frames).toMatchObject([{ type: 'text', seq: two.seq, content: 'Message deleted' }, {}]);
    expect(frames[1]).toEqual({ type: 'synced', seq: two.seq });
  });

  test('that asked for live frames learns the cursor', async () => {
    const { anna, chatId, socket } = await scene({ events: '1' });
    await sent(anna, chatId);
    await logged(chatId, [2], minuteMs);
    await logged(chatId, [2]);
    expect(await sync(socket, { after: 2 })).toEqual([{ type: 'synced', seq: 2, chatId, rev: 1, head: 2, epoch }]);
  });
});

describe('sync with a cursor', () => {
  test('sends the missing messages, then the changed ones without their numbers, then how far that went', async () => {
    const { anna, boris, chatId, socket } = await scene();
    const [one, two, three] = [await sent(anna, chatId, 'helo'), await sent(anna, chatId), await sent(anna, chatId)];
    const { body: edited } = await edit(anna, one, 'hello');
    const { body: deleted } = await remove(anna, two);
    const { body: liked } = await react(boris, three, '👍');
    expect(await sync(socket, { after: two.seq, rev: 0, epoch })).toEqual([
      liked.message,
      { type: 'changed', chatId, message: edited.message },
      { type: 'changed', chatId, message: deleted.message },
      { type: 'synced', seq: three.seq, chatId, rev: 0, head: 3, epoch },
    ]);
    expect(await sync(socket, { after: three.seq, rev: 2 })).toEqual([
      { type: 'changed', chatId, message: liked.message },
      { type: 'synced', seq: three.seq, chatId, rev: 2, head: 3, epoch },
    ]);
    expect(await sync(socket, { after: three.seq, rev: 3 })).toEqual([
      { type: 'synced', seq: three.seq, chatId, rev: 3, head: 3, epoch },
    ]);
  });

  test('gives a new cursor that stays below changes of the last minute', async () => {
    const { anna, chatId, socket } = await scene();
    await stored(anna, chatId);
    await logged(chatId, [1, 2], minuteMs);
    await logged(chatId, [1]);
    const frames = await sync(socket, { after: 2, rev: 0 });
    expect(changedIn(frames)).toEqual([2, 1]);
    expect(frames.at(-1)).toEqual({ type: 'synced', seq: 2, chatId, rev: 2, head: 3, epoch });
  });

  test('sends more than 500 changed messages on several pages, each once', async () => {
    const { anna, chatId, socket } = await scene();
    await storedMany(anna, chatId, 510);
    const all = Array.from({ length: 511 }, (_, n) => n + 1);
    await logged(chatId, all, minuteMs);
    await logged(chatId, [3]);
    const { answers, rev } = await catchUp(socket, { after: 511, rev: 0 });
    expect(answers.map((frames) => frames.length)).toEqual([501, 12]);
    const changed = answers.flatMap(changedIn);
    expect(changed).toHaveLength(511);
    expect(new Set(changed)).toEqual(new Set(all));
    expect(answers[0]?.at(-1)).toEqual({
      type: 'synced',
      seq: 511,
      more: true,
      chatId,
      rev: 511,
      head: 512,
      next: 501,
      epoch,
    });
    expect(rev).toBe(511);
  });

  test('with more than 500 missing messages as well, everything arrives once', async () => {
    const { anna, chatId, socket } = await scene();
    await storedMany(anna, chatId, 600);
    await logged(chatId, [600, 2, 50, 550, 3], minuteMs);
    const { answers, rev, after } = await catchUp(socket, { after: 60, rev: 0 });
    expect(answers).toHaveLength(2);
    expect(answers.flatMap(messagesIn)).toEqual(Array.from({ length: 541 }, (_, n) => n + 61));
    expect(answers.flatMap(changedIn)).toEqual([2, 50, 3]);
    expect([after, rev]).toEqual([601, 5]);
  });

  test('sends what has changed although a gap in the numbers is still open', async () => {
    const { anna, chatId, socket } = await scene();
    await stored(anna, chatId);
    await nextNumber(chatId, { userId: anna.id });
    await stored(anna, chatId);
    await logged(chatId, [2], minuteMs);
    const frames = await sync(socket, { after: 2, rev: 0 });
    expect([messagesIn(frames), changedIn(frames)]).toEqual([[4], [2]]);
    expect(frames.at(-1)).toEqual({ type: 'synced', seq: 2, chatId, rev: 1, head: 1, epoch });
  });

  test.each([0, 1, 2, 3])(
    'continues after the last frame that was posted: %d of two messages and two changes',
    async (posted) => {
      const { anna, chatId, socket } = await scene();
      for (let n = 0; n < 3; n++) await stored(anna, chatId);
      await logged(chatId, [1, 2], minuteMs);
      standIn.behave(socket, ...Array(posted).fill(200), 403, 200);
      const frames = await sync(socket, { after: 2, rev: 0 });
      expect(frames).toHaveLength(posted + 1);
      const expected = {
        type: 'synced',
        seq: 2 + Math.min(posted, 2),
        more: true,
        rev: 2,
        next: Math.max(0, posted - 2),
      };
      expect(frames.at(-1)).toMatchObject(expected);
      const rest = await catchUp(socket, { after: expected.seq, rev: expected.next });
      expect([...messagesIn(frames), ...rest.answers.flatMap(messagesIn)]).toEqual([3, 4]);
      expect([...changedIn(frames), ...rest.answers.flatMap(changedIn)]).toEqual([1, 2]);
    },
  );

  test('ends after 20 seconds, before API Gateway gives up, and says where to continue', async () => {
    const { anna, chatId, socket } = await scene();
    await storedMany(anna, chatId, 99);
    await logged(
      chatId,
      Array.from({ length: 100 }, (_, n) => n + 1),
    );
    vi.useFakeTimers({ toFake: ['Date'] });
    const answer = sync(socket, { after: 100, rev: 0 });
    while (standIn.received(socket).length < 3) await setImmediate();
    vi.setSystemTime(Date.now() + 20_000);
    const frames = await answer;
    expect(frames.length).toBeLessThan(100);
    // The entry of each message has its number.
    expect(frames.at(-1)).toMatchObject({ type: 'synced', more: true, next: changedIn(frames).at(-1) });
  });

  test('resets a client whose cursor is from another table, above the newest change, or too far behind', async () => {
    const { anna, chatId, socket } = await scene();
    await stored(anna, chatId);
    await logged(
      chatId,
      Array.from({ length: 1001 }, (_, n) => n + 1),
      minuteMs,
    );
    const reset = { type: 'synced', seq: 1, chatId, rev: 1001, head: 1001, reset: true, epoch };
    expect(await sync(socket, { after: 1, rev: 0 })).toEqual([reset]);
    expect(await sync(socket, { after: 1, rev: 1002 })).toEqual([reset]);
    expect(await sync(socket, { after: 1, rev: 1001, epoch: 'restored' })).toEqual([reset]);
    expect(messagesIn(await sync(socket, { after: 1, rev: 1001, epoch }))).toEqual([2]);
  });

  test('counts changed messages as it counts missing ones', async () => {
    const { anna, boris, chatId, socket } = await scene();
    for (let n = 0; n < 3; n++) await stored(anna, chatId);
    await logged(chatId, [1, 2]);
    await addUse('websocket/sync:messages', boris.id, syncedMessages.allow - 4, syncedMessages.within);
    expect(await sync(socket, { after: 3, rev: 0 })).toHaveLength(4);
    expect(await sync(socket, { after: 3, rev: 0 })).toMatchObject([{ type: 'error', code: 'too_many_requests' }]);
    expect(await sync(socket, { after: 3, rev: 2 })).toHaveLength(2);
  });

  test.each([
    ['a negative number', { rev: -1 }],
    ['a fraction', { rev: 1.5 }],
    ['text', { rev: '1' }],
    ['an epoch that is too long', { rev: 1, epoch: 'x'.repeat(17) }],
  ])('rejects %s', async (_, cursor) => {
    const { socket } = await scene();
    const [error] = await sync(socket, { after: 0, ...cursor });
    expect(error).toMatchObject({ type: 'error', code: 'invalid_input' });
  });

  test('asks for nothing more when nothing has changed, and for a query and a batch when something has', async () => {
    const { anna, chatId, socket } = await scene();
    const message = await sent(anna, chatId);
    await edit(anna, message, 'edited');
    const counted = async (rev: number) => {
      const { operations, trips } = await countOperations(() => sync(socket, { after: 2, rev }));
      return { operations: operations.filter((name) => name !== 'UpdateItem'), trips };
    };
    await counted(1);
    expect(await counted(1)).toEqual({ operations: ['GetItem', 'GetItem', 'GetItem'], trips: 4 });
    await counted(0);
    expect(await counted(0)).toEqual({
      operations: ['BatchGetItem', 'GetItem', 'GetItem', 'GetItem', 'Query'],
      trips: 8,
    });
  });
});
