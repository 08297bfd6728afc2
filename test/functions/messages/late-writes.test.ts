import { afterEach, expect, test, vi } from 'vitest';
import { getMessage } from '#shared/contract/messages/get-message.ts';
import { keys } from '#shared/data/keys.ts';
import { getItem } from '#shared/data/table.ts';
import { call } from '../../support/call.ts';
import { edit, pin, react, remove, sent, unpin, unreact } from '../../support/changes.ts';
import { interceptNext, interceptNothing } from '../../support/intercept-next.ts';
import { newGroup, newPerson } from '../../support/people.ts';

/**
 * The database client repeats a write whose answer does not come in time. The repetition may arrive when others have changed
 * the message, and so may the first one.
 */

afterEach(() => {
  interceptNothing();
  vi.restoreAllMocks();
});

async function scene() {
  const anna = await newPerson('Anna');
  const { id: chatId } = await newGroup(anna);
  const message = await sent(anna, chatId, 'first');
  const now = async () => (await call(getMessage, anna, { params: { chatId, messageId: message.id } })).body.message;
  return { anna, message, now };
}

const isUpdateOfMessage = (input: object) =>
  String((input as { UpdateExpression?: string }).UpdateExpression).includes('ADD version');

/** Does something in place of the next update of a message. */
function interceptUpdate(instead: (go: () => Promise<object>) => Promise<object>): void {
  interceptNext('UpdateItem', async (input, go) => {
    if (isUpdateOfMessage(input)) return instead(go);
    interceptUpdate(instead);
    return go();
  });
}

test('an edit whose write is repeated does not overwrite a newer edit', async () => {
  const { anna, message, now } = await scene();
  interceptUpdate(async (go) => {
    await go();
    await edit(anna, message, 'third');
    return go();
  });
  const answer = await edit(anna, message, 'second');
  expect(answer).toMatchObject({ status: 200, body: { message: { content: 'third', version: 2 } } });
  expect(await now()).toEqual(answer.body.message);
});

test('a reaction whose write is repeated does not return after it was taken back', async () => {
  const { anna, message, now } = await scene();
  interceptUpdate(async (go) => {
    await go();
    await unreact(anna, message, '👍');
    return go();
  });
  const { body } = await react(anna, message, '👍');
  expect(body.message).not.toHaveProperty('reactions');
  expect(await now()).toEqual(body.message);
});

test('a reaction whose removal is repeated stays when it was added again', async () => {
  const { anna, message, now } = await scene();
  await react(anna, message, '👍');
  interceptUpdate(async (go) => {
    await go();
    await react(anna, message, '👍');
    return go();
  });
  expect((await unreact(anna, message, '👍')).body.message.reactions).toMatchObject([{ emoji: '👍', count: 1 }]);
  expect(await now()).toMatchObject({ version: 3, reactions: [{ emoji: '👍' }] });
});

test('of two reactions of one user at the same moment both are there', async () => {
  const { anna, message, now } = await scene();
  interceptUpdate(async (go) => {
    await react(anna, message, '🎉');
    return go();
  });
  const { status, body } = await react(anna, message, '👍');
  expect(status).toBe(200);
  expect(body.message.reactions).toMatchObject([{ emoji: '👍' }, { emoji: '🎉' }]);
  expect(await now()).toEqual(body.message);
});

test('an edit that is slower than a newer reaction is made', async () => {
  const { anna, message, now } = await scene();
  interceptUpdate(async (go) => {
    await react(anna, message, '👍');
    return go();
  });
  expect(await edit(anna, message, 'second')).toMatchObject({ status: 200, body: { message: { content: 'second' } } });
  expect(await now()).toMatchObject({ content: 'second', version: 2 });
});

test('an edit is made beside any number of reactions', async () => {
  const { anna, message, now } = await scene();
  const reactFirst = (emojis: string[]) =>
    interceptUpdate(async (go) => {
      const [emoji, ...others] = emojis;
      if (emoji) await react(anna, message, emoji);
      if (others.length > 0) reactFirst(others);
      return go();
    });
  reactFirst(['👍', '🎉', '❤️']);
  expect(await edit(anna, message, 'second')).toMatchObject({ status: 200, body: { message: { content: 'second' } } });
  expect(await now()).toMatchObject({ content: 'second' });
});

test.each([
  ['the only one', []],
  ['one of two', ['🎉']],
])('a reaction that was taken back, %s, does not return with a write that arrives late', async (_, others) => {
  const { anna, message, now } = await scene();
  for (const emoji of others) await react(anna, message, emoji);
  let arrive = async (): Promise<unknown> => undefined;
  interceptUpdate((go) => {
    arrive = go;
    return go();
  });
  await react(anna, message, '👍');
  await unreact(anna, message, '👍');
  const before = await now();
  expect(before.reactions?.map(({ emoji }: { emoji: string }) => emoji) ?? []).toEqual(others);
  await arrive().catch(() => {});
  expect(await now()).toEqual(before);
});

test('a pin whose write is repeated does not return after the unpin, and the other way round', async () => {
  const { anna, message, now } = await scene();
  const repeatAfter = (meanwhile: () => Promise<unknown>) =>
    interceptNext('TransactWriteItems', async (_, go) => {
      await go();
      await meanwhile();
      return go();
    });
  repeatAfter(() => unpin(anna, message));
  await pin(anna, message);
  expect(await now()).not.toHaveProperty('pinned');
  await pin(anna, message);
  repeatAfter(() => pin(anna, message));
  await unpin(anna, message);
  expect(await now()).toHaveProperty('pinned', true);
});

const storedNames = async ({ chatId, seq }: { chatId: string; seq: number }) =>
  Object.keys((await getItem<object>(process.env.CHAT_TABLE as string, keys.message(chatId, seq))) ?? {});

test('a reaction that comes after a deletion does not touch the tombstone', async () => {
  const { anna, message, now } = await scene();
  interceptUpdate(async (go) => {
    await remove(anna, message);
    return go();
  });
  expect(await react(anna, message, '👍')).toMatchObject({ status: 409, body: { code: 'message_deleted' } });
  expect(await now()).toMatchObject({ version: 1, deletedAt: expect.any(String) });
  expect((await storedNames(message)).filter((name) => name.startsWith('r:'))).toEqual([]);
});

test('a reaction at the moment of the deletion is erased with the rest', async () => {
  const { anna, message } = await scene();
  interceptUpdate(async (go) => {
    await react(anna, message, '👍');
    return go();
  });
  expect((await remove(anna, message)).body.message).not.toHaveProperty('reactions');
  expect((await storedNames(message)).filter((name) => name.startsWith('r:') || name === 'emojis')).toEqual([]);
});

test('a change is not made when its number is older than twenty seconds', async () => {
  const { anna, message, now } = await scene();
  interceptNext('BatchWriteItem', async (_, go) => {
    const stored = await go();
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 21_000);
    return stored;
  });
  expect(await edit(anna, message, 'second')).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  vi.restoreAllMocks();
  expect(await now()).toEqual(message);
});
