import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { getMessage } from '#shared/contract/messages/get-message.ts';
import { call } from '../../support/call.ts';
import { edit, remove, sent } from '../../support/changes.ts';
import { countOperations } from '../../support/count-operations.ts';
import { newGroup, newPerson, type Person } from '../../support/people.ts';
import { stored } from '../../support/stored.ts';

async function scene() {
  const [anna, boris] = [await newPerson('Anna'), await newPerson('Boris')];
  return { anna, boris, chatId: (await newGroup(anna, boris)).id };
}

const read = (person: Person, chatId: string, messageId: string) =>
  call(getMessage, person, { params: { chatId, messageId } });

test('a message is read as a page shows it: new, edited, as a reply and as a tombstone', async () => {
  const { anna, boris, chatId } = await scene();
  const message = await sent(anna, chatId, 'Hils?');
  expect((await read(boris, chatId, message.id)).body).toEqual({ message });
  await edit(anna, message, 'Hills?');
  const { seq } = await stored(boris, chatId, { replyToSeq: message.seq });
  const page = await call(listMessages, boris, { params: { chatId } });
  for (const one of page.body.messages) expect((await read(boris, chatId, one.id)).body).toEqual({ message: one });
  expect((await read(boris, chatId, `${chatId}-${seq}`)).body.message.replyTo.content).toBe('Hills?');
  const { body } = await remove(anna, message);
  expect((await read(boris, chatId, message.id)).body).toEqual(body);
});

test('an answer of the assistant is read by its own id', async () => {
  const { anna, chatId } = await scene();
  const clientId = randomUUID();
  await stored({ id: 'assistant' }, chatId, {
    type: 'ai',
    content: 'Yes.',
    clientId,
    question: 'No?',
    askedBy: anna.id,
  });
  expect((await read(anna, chatId, clientId)).body.message).toMatchObject({
    id: clientId,
    content: 'Yes.',
    type: 'ai',
  });
});

test('a message that is not in the chat is not found', async () => {
  const { anna, chatId } = await scene();
  const { id: other } = await newGroup(anna);
  for (const id of [`${chatId}-7`, `${chatId}-0`, `${chatId}-x`, `${other}-1`, randomUUID()])
    expect(await read(anna, chatId, id)).toMatchObject({ status: 404, body: { code: 'message_not_found' } });
});

test('a stranger learns nothing, not even whether there is such a message', async () => {
  const { anna, chatId } = await scene();
  const { id } = await sent(anna, chatId);
  const stranger = await newPerson();
  for (const messageId of [id, `${chatId}-7`, randomUUID()])
    expect(await read(stranger, chatId, messageId)).toMatchObject({ status: 403, body: { code: 'not_a_participant' } });
});

test('reading one message: 3 operations in 2 trips, and a reply 4 in 3; with cached names one less', async () => {
  const { anna, chatId } = await scene();
  const vera = await newPerson('Vera');
  const [{ seq: first }, { seq: reply }] = [await stored(vera, chatId), await stored(vera, chatId, { replyToSeq: 1 })];
  const count = (seq: number) => countOperations(() => read(anna, chatId, `${chatId}-${seq}`));
  expect(await count(first)).toEqual({ operations: ['BatchGetItem', 'GetItem', 'GetItem'], trips: 2 });
  expect(await count(first)).toEqual({ operations: ['GetItem', 'GetItem'], trips: 1 });
  const operations = ['BatchGetItem', 'GetItem', 'GetItem'];
  expect(await count(reply)).toEqual({ operations: ['BatchGetItem', ...operations], trips: 3 });
  expect(await count(reply)).toEqual({ operations, trips: 2 });
});
