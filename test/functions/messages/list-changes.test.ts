import { afterEach, describe, expect, test, vi } from 'vitest';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { listChanges } from '#shared/contract/messages/list-changes.ts';
import { epoch } from '#shared/data/changes/epoch.ts';
import { storeChange, takeRev } from '#shared/data/changes/log.ts';
import { updateMessage } from '#shared/data/changes/update-message.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { edit, pin, react, remove, type Sent, sent, unreact } from '../../support/changes.ts';
import { countOperations } from '../../support/count-operations.ts';
import { interceptNext } from '../../support/intercept-next.ts';
import { newDirect, newPerson, type Person } from '../../support/people.ts';
import { logged, stored } from '../../support/stored.ts';

afterEach(() => {
  vi.useRealTimers();
});

const minuteMs = 60_000;

/** As if a minute had passed. */
const aMinuteLater = () => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minuteMs });

async function scene() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  return { anna, boris, chatId: await newDirect(anna, boris) };
}

const changes = async (person: Person, chatId: string, after: number, query: object = {}): Promise<Json> =>
  (await call(listChanges, person, { params: { chatId }, query: { after: `${after}`, ...query } })).body;

const numbers = ({ messages }: Json) => messages.map(({ seq }: Json) => seq);

describe('the changes after a cursor', () => {
  test('are the messages as they are now, each once and in the order of their last changes', async () => {
    const { anna, boris, chatId } = await scene();
    const all: Sent[] = [];
    for (let n = 0; n < 5; n++) all.push(await sent(anna, chatId));
    const [first, second, third, fourth] = all as [Sent, Sent, Sent, Sent];
    await edit(anna, first, 'edited');
    await remove(anna, second);
    await react(boris, third, '👍');
    await pin(boris, fourth);
    await edit(anna, first, 'edited again');
    const answer = await changes(boris, chatId, 0);
    expect(numbers(answer)).toEqual([2, 3, 4, 1]);
    const page = await call(listMessages, boris, { params: { chatId } });
    const bySeq = (messages: Json[]) => messages.toSorted((a, b) => a.seq - b.seq);
    expect(bySeq(answer.messages)).toEqual(page.body.messages.slice(0, 4));
    expect(answer).toMatchObject({ head: 5, epoch });
    expect(answer).not.toHaveProperty('more');
    expect(numbers(await changes(boris, chatId, 4))).toEqual([1]);
    expect(await changes(boris, chatId, 5)).toEqual({ messages: [], rev: 5, head: 5, epoch });
  });

  test('come once however often a message has changed', async () => {
    const { anna, boris, chatId } = await scene();
    const message = await sent(anna, chatId);
    for (let n = 0; n < 40; n++) await logged(chatId, [message.seq]);
    for (let n = 0; n < 5; n++) await (n % 2 ? unreact : react)(boris, message, '👍');
    const answer = await changes(anna, chatId, 0);
    expect(answer.messages).toMatchObject([{ id: message.id, version: 5, reactions: [{ emoji: '👍' }] }]);
    expect(answer.head).toBe(45);
  });

  test('show quotes as they are now', async () => {
    const { anna, boris, chatId } = await scene();
    const question = await sent(anna, chatId, 'Hils?');
    const { seq } = await stored(boris, chatId, { replyToSeq: question.seq });
    await edit(anna, question, 'Hills?');
    await react(anna, { id: `${chatId}-${seq}`, chatId, seq }, '👍');
    expect((await changes(anna, chatId, 1)).messages).toMatchObject([{ replyTo: { content: 'Hills?', version: 1 } }]);
  });

  test('do not include a message that is not there', async () => {
    const { anna, chatId } = await scene();
    const { seq } = await sent(anna, chatId);
    await logged(chatId, [seq, 7]);
    expect(numbers(await changes(anna, chatId, 0))).toEqual([seq]);
  });
});

describe('the new cursor', () => {
  test('stays below every change that is less than a minute old, and never goes back', async () => {
    const { anna, chatId } = await scene();
    await stored(anna, chatId);
    await logged(chatId, [1], minuteMs);
    await logged(chatId, [1], minuteMs - 5_000);
    expect(await changes(anna, chatId, 0)).toMatchObject({ rev: 1, head: 2 });
    expect(await changes(anna, chatId, 1)).toMatchObject({ rev: 1, head: 2, messages: [{ seq: 1 }] });
    expect(await changes(anna, chatId, 2)).toMatchObject({ rev: 2, head: 2, messages: [] });
    aMinuteLater();
    expect(await changes(anna, chatId, 0)).toMatchObject({ rev: 2, head: 2 });
  });

  test('waits a minute for a number without an entry, as long as nothing newer is old enough', async () => {
    const { anna, chatId } = await scene();
    await stored(anna, chatId);
    await logged(chatId, [1], minuteMs);
    await takeRev(chatId, { userId: anna.id, kind: 'edit' });
    expect(await changes(anna, chatId, 0)).toMatchObject({ rev: 1, head: 2 });
    await logged(chatId, [1]);
    expect(await changes(anna, chatId, 0)).toMatchObject({ rev: 1, head: 3 });
    aMinuteLater();
    expect(await changes(anna, chatId, 0)).toMatchObject({ rev: 3, head: 3 });
  });

  test('does not pass a change that has its entry and is made only after the answer', async () => {
    const { anna, chatId } = await scene();
    const message = await stored(anna, chatId, { content: 'before' });
    const rev = (await takeRev(chatId, { userId: anna.id, kind: 'edit' })) as number;
    const entry = { rev, seq: message.seq, kind: 'edit', by: anna.id, at: new Date().toISOString() } as const;
    await storeChange(chatId, entry);
    const early = await changes(anna, chatId, 0);
    expect(early).toMatchObject({ rev: 0, head: 1, messages: [{ content: 'before' }] });
    await updateMessage(message, rev, { set: { content: 'after' } });
    expect((await changes(anna, chatId, early.rev)).messages).toMatchObject([{ content: 'after', version: 1 }]);
  });

  test('is what a page of messages gives to those who start there', async () => {
    const { anna, chatId } = await scene();
    const message = await sent(anna, chatId);
    await edit(anna, message, 'edited');
    const read = async () => (await call(listMessages, anna, { params: { chatId } })).body;
    expect(await read()).toMatchObject({ rev: 0, epoch });
    aMinuteLater();
    const { rev } = await read();
    expect(rev).toBe(1);
    expect(await changes(anna, chatId, rev, { epoch })).toEqual({ messages: [], rev: 1, head: 1, epoch });
  });
});

test('a page of messages gives a cursor below the changes of the last minute, however many these are', async () => {
  const { anna, chatId } = await scene();
  const read = async () => (await call(listMessages, anna, { params: { chatId } })).body.rev;
  expect(await read()).toBe(0);
  await logged(chatId, [1, 2], minuteMs);
  expect(await read()).toBe(2);
  await logged(chatId, Array(49).fill(1));
  expect(await read()).toBe(2);
  await logged(chatId, Array(200).fill(1), minuteMs);
  await logged(chatId, Array(60).fill(1));
  const rev = await read();
  expect(rev).toBeGreaterThan(51);
  expect(rev).toBeLessThanOrEqual(251);
});

test('a change that is made between the two reads counts as the newest', async () => {
  const { anna, chatId } = await scene();
  await stored(anna, chatId);
  await logged(chatId, [1], minuteMs);
  interceptNext('Query', async (_, go) => {
    await logged(chatId, [1]);
    return go();
  });
  expect(await changes(anna, chatId, 0)).toMatchObject({ rev: 1, head: 2 });
});

describe('with several pages', () => {
  test('each message comes once, `next` leads from page to page, and the first page has the new cursor', async () => {
    const { anna, chatId } = await scene();
    for (let n = 0; n < 5; n++) await stored(anna, chatId);
    await logged(chatId, [1, 2, 3, 4, 5, 1], minuteMs);
    await logged(chatId, [2]);
    const first = await changes(anna, chatId, 0, { limit: '2' });
    expect(first).toMatchObject({ rev: 6, head: 7, more: true, next: 4, messages: [{ seq: 3 }, { seq: 4 }] });
    const second = await changes(anna, chatId, first.next, { limit: '2' });
    expect(second).toMatchObject({ head: 7, more: true, next: 6, messages: [{ seq: 5 }, { seq: 1 }] });
    const third = await changes(anna, chatId, second.next, { limit: '2' });
    expect(third).toMatchObject({ head: 7, messages: [{ seq: 2 }] });
    expect(third).not.toHaveProperty('next');
    expect(third).not.toHaveProperty('more');
    expect(numbers(await changes(anna, chatId, first.rev))).toEqual([2]);
  });

  test('a message that changes again meanwhile is on a later page, even though its old entry is deleted', async () => {
    const { anna, boris, chatId } = await scene();
    const [one, two] = [await sent(anna, chatId), await sent(anna, chatId)];
    await react(boris, one, '👍');
    await react(boris, two, '👍');
    const { next } = await changes(anna, chatId, 0, { limit: '1' });
    for (const emoji of ['🎉', '🔥']) await react(boris, two, emoji);
    const { messages } = await changes(anna, chatId, next);
    expect(messages).toMatchObject([{ id: two.id, version: 3 }]);
  });

  test('what changes at the same moment and stays in the log does not make an answer slow, nor a reset', async () => {
    const { anna, chatId } = await scene();
    for (let n = 0; n < 2; n++) await stored(anna, chatId);
    await logged(chatId, [...Array(4000).fill(1), 2], minuteMs);
    const first = await changes(anna, chatId, 0);
    expect(first).toMatchObject({ rev: 4001, head: 4001, more: true, next: 4000, messages: [{ seq: 1 }] });
    expect(await changes(anna, chatId, first.next)).toMatchObject({ rev: 4001, messages: [{ seq: 2 }] });
  });
});

describe('the client starts anew', () => {
  test.each([
    [1000, undefined],
    [1001, true],
  ])('after changes of %d messages: %s', async (count, reset) => {
    const { anna, chatId } = await scene();
    await stored(anna, chatId);
    await logged(
      chatId,
      Array.from({ length: count }, (_, n) => n + 1),
      minuteMs,
    );
    await logged(chatId, [1]);
    const answer = await changes(anna, chatId, 0);
    expect(answer).toMatchObject({ rev: count, head: count + 1 });
    expect(answer.reset).toBe(reset);
    if (reset) expect(answer).toEqual({ messages: [], rev: count, head: count + 1, reset, epoch });
    else expect(answer).toMatchObject({ more: true, next: 101 });
  });

  test('with a cursor from another table, or above the newest change', async () => {
    const { anna, chatId } = await scene();
    await stored(anna, chatId);
    await logged(chatId, [1], minuteMs);
    await logged(chatId, [1]);
    const anew = { messages: [], rev: 1, head: 2, reset: true, epoch };
    expect(await changes(anna, chatId, 0, { epoch: 'restored' })).toEqual(anew);
    expect(await changes(anna, chatId, 3, { epoch })).toEqual(anew);
    expect(await changes(anna, chatId, 2, { epoch })).not.toHaveProperty('reset');
  });
});

test('with nothing new, asking takes 4 operations in 3 trips, of which two count the request; with a change 6 in 5', async () => {
  const { anna, boris, chatId } = await scene();
  const message = await sent(anna, chatId);
  await edit(anna, message, 'edited');
  const ask = (after: number) => countOperations(() => changes(boris, chatId, after));
  await ask(1);
  const counting = ['UpdateItem', 'UpdateItem'];
  expect(await ask(1)).toEqual({ operations: ['GetItem', 'GetItem', ...counting], trips: 3 });
  expect(await ask(0)).toEqual({ operations: ['BatchGetItem', 'GetItem', 'GetItem', 'Query', ...counting], trips: 5 });
});
