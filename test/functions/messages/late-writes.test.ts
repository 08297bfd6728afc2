import { afterEach, expect, test } from 'vitest';
import { getMessage } from '#shared/contract/messages/get-message.ts';
import { call } from '../../support/call.ts';
import { edit, pin, react, sent, unpin, unreact } from '../../support/changes.ts';
import { interceptNext, interceptNothing } from '../../support/intercept-next.ts';
import { newDirect, newPerson } from '../../support/people.ts';

/**
 * A write whose answer is lost is repeated by the database client, perhaps after others have changed the message. Whatever
 * came after it must stay.
 */

afterEach(interceptNothing);

async function scene() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const chatId = await newDirect(anna, boris);
  const message = await sent(anna, chatId, 'first');
  const now = async () => (await call(getMessage, anna, { params: { chatId, messageId: message.id } })).body.message;
  return { anna, boris, message, now };
}

/** The next write of a message is made, then something else happens, then the client repeats the write. */
function repeatLate(operation: string, meanwhile: () => Promise<unknown>): void {
  interceptNext(operation, async (input, go) => {
    const isOfMessage = JSON.stringify(input).includes('MSG#');
    if (!isOfMessage) {
      repeatLate(operation, meanwhile);
      return go();
    }
    await go();
    await meanwhile();
    return go();
  });
}

test('a late repetition of an edit does not overwrite a newer one', async () => {
  const { anna, message, now } = await scene();
  repeatLate('UpdateItem', () => edit(anna, message, 'newer'));
  expect((await edit(anna, message, 'older')).body.message.content).toBe('newer');
  expect(await now()).toMatchObject({ content: 'newer', version: 2 });
});

test('a late repetition of a reaction does not bring it back', async () => {
  const { boris, message, now } = await scene();
  repeatLate('UpdateItem', () => unreact(boris, message, '👍'));
  expect((await react(boris, message, '👍')).status).toBe(200);
  expect(await now()).not.toHaveProperty('reactions');
});

test('a late repetition of taking a reaction back does not take back a newer one', async () => {
  const { boris, message, now } = await scene();
  await react(boris, message, '👍');
  repeatLate('UpdateItem', () => react(boris, message, '👍'));
  await unreact(boris, message, '👍');
  expect(await now()).toHaveProperty('reactions');
});

test('a late repetition of a pin does not pin again, and one of an unpin does not unpin', async () => {
  const { anna, message, now } = await scene();
  repeatLate('TransactWriteItems', () => unpin(anna, message));
  await pin(anna, message);
  expect(await now()).not.toHaveProperty('pinned');
  await pin(anna, message);
  repeatLate('TransactWriteItems', () => pin(anna, message));
  await unpin(anna, message);
  expect(await now()).toHaveProperty('pinned', true);
});
