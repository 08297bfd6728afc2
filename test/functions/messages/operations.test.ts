import { beforeEach, expect, test, vi } from 'vitest';
import { setRole } from '#shared/contract/groups/set-role.ts';
import { storeMessage } from '#shared/data/chats/messages.ts';
import { call } from '../../support/call.ts';
import { edit, pin, react, remove, sent, unpin } from '../../support/changes.ts';
import { countOperations } from '../../support/count-operations.ts';
import { connect, newDirect, newGroup, newPerson } from '../../support/people.ts';
import { fillRoom } from '../../support/rooms.ts';

/**
 * What changes cost, counted like those in test/functions/operations.test.ts: at most 9 operations in 7 trips, of which one
 * reads the roster and one the participants' inboxes.
 */

// One in ten of these changes counts its deliveries, which takes one operation more.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0.5));

/** The allowance, the number and the message. */
const updates = ['UpdateItem', 'UpdateItem', 'UpdateItem'];

async function scene() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const chatId = await newDirect(anna, boris);
  await Promise.all([connect(anna, chatId, { events: '1' }), connect(boris, chatId, { events: '1' })]);
  return { anna, boris, chatId, message: await sent(anna, chatId) };
}

test('an edit: 8 operations in 6 trips', async () => {
  const { anna, message } = await scene();
  expect(await countOperations(() => edit(anna, message, 'hello'))).toEqual({
    operations: ['BatchGetItem', 'BatchGetItem', 'BatchWriteItem', 'GetItem', 'Query', ...updates],
    trips: 6,
  });
});

test('a further change in two seconds: 9 operations in 7 trips, because counting again takes two', async () => {
  const { anna, message } = await scene();
  await edit(anna, message, 'hello');
  expect(await countOperations(() => edit(anna, message, 'hi'))).toEqual({
    operations: ['BatchGetItem', 'BatchGetItem', 'BatchWriteItem', 'GetItem', 'Query', ...updates, 'UpdateItem'],
    trips: 7,
  });
});

test('a change of nothing: 2 operations in 1 trip', async () => {
  const { anna, message } = await scene();
  expect(await countOperations(() => edit(anna, message, 'hi'))).toEqual({
    operations: ['BatchGetItem', 'UpdateItem'],
    trips: 1,
  });
});

test('a reaction to somebody else’s message: 9 operations in 6 trips, of which one reads the author’s name', async () => {
  const { boris, chatId } = await scene();
  const { id: userId } = await newPerson('Vera');
  const createdAt = new Date().toISOString();
  await storeMessage({ chatId, seq: 2, userId, createdAt, type: 'text', content: 'hi' });
  const message = { id: `${chatId}-2`, chatId, seq: 2 };
  expect(await countOperations(() => react(boris, message, '👍'))).toEqual({
    operations: [...Array(3).fill('BatchGetItem'), 'BatchWriteItem', 'GetItem', 'Query', ...updates],
    trips: 6,
  });
});

test('pinning: 8 operations in 6 trips, with message and list in one transaction; unpinning the same', async () => {
  const { boris, message } = await scene();
  const pinning = {
    operations: [
      ...['BatchGetItem', 'BatchGetItem', 'BatchWriteItem', 'GetItem', 'Query', 'TransactWriteItems'],
      ...['UpdateItem', 'UpdateItem'],
    ],
  };
  expect(await countOperations(() => pin(boris, message))).toEqual({ ...pinning, trips: 6 });
  const unpinning = { operations: [...pinning.operations, 'UpdateItem'] };
  expect(await countOperations(() => unpin(boris, message))).toEqual({ ...unpinning, trips: 7 });
});

test('an admin’s deletion of a pinned message: 9 operations in 7 trips, of which one reads the author’s role', async () => {
  const [anna, boris, vera] = await Promise.all([newPerson('Anna'), newPerson('Boris'), newPerson('Vera')]);
  const { id: chatId } = await newGroup(anna, boris, vera);
  await call(setRole, anna, { params: { groupId: chatId, userId: boris.id }, body: { role: 'admin' } });
  const message = await sent(vera, chatId);
  await pin(anna, message);
  expect(await countOperations(() => remove(boris, message))).toEqual({
    operations: [
      ...['BatchGetItem', 'BatchGetItem', 'BatchWriteItem', 'GetItem', 'GetItem', 'Query', 'TransactWriteItems'],
      ...['UpdateItem', 'UpdateItem'],
    ],
    trips: 7,
  });
});

test('an edit in a room of a hundred: 9 operations, of which one counts the deliveries', async () => {
  const { anna, chatId, message } = await scene();
  await fillRoom(chatId, 100, { events: true });
  const { operations } = await countOperations(() => edit(anna, message, 'hello'));
  const deliver = ['BatchGetItem', 'BatchGetItem', 'BatchWriteItem', 'GetItem', 'Query'];
  expect(operations).toEqual([...deliver, ...updates, 'UpdateItem']);
});
