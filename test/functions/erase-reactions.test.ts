import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Erasure } from '#shared/changes/erase-reactions.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { listReactions } from '#shared/contract/messages/list-reactions.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { storeChange } from '#shared/data/changes/log.ts';
import { setReaction } from '#shared/data/changes/reactions.ts';
import { storeMessage } from '#shared/data/chats/messages.ts';
import { handler } from '../../functions/erase-reactions.ts';
import { call } from '../support/call.ts';
import { changesOf, react, sent } from '../support/changes.ts';
import { throttleNext } from '../support/intercept-next.ts';
import { context } from '../support/invoke.ts';
import { newDirect, newGroup, newPerson, type Person, password } from '../support/people.ts';
import { aws } from '../support/stand-ins/aws.ts';

/** Takes the events that Lambda is to invoke the function with for a user. */
function takeErasures(userId: string): Erasure[] {
  const mine = aws.invocations.filter(
    ({ functionName, event }) => functionName === 'erase-reactions' && event.userId === userId,
  );
  for (const taken of mine) aws.invocations.splice(aws.invocations.indexOf(taken), 1);
  return mine.map(({ event }) => event);
}

async function erase(person: Person): Promise<void> {
  for (let events = takeErasures(person.id); events.length > 0; events = takeErasures(person.id)) {
    for (const event of events) await handler(event, context);
  }
}

test('the reactions of a deleted account go, in every chat it was in, and those of others stay', async () => {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const direct = await newDirect(anna, boris);
  const { id: group } = await newGroup(anna, boris);
  const messages = await Promise.all([direct, group].map((chatId) => sent(anna, chatId)));
  for (const message of messages) {
    await react(boris, message, '👍');
    await react(anna, message, '👍');
    await react(boris, message, '🎉');
  }
  const { status } = await call(deleteMe, boris, { body: { password } });
  expect(status).toBe(200);
  await erase(boris);
  for (const { chatId, id, seq } of messages) {
    const { body } = await call(listReactions, anna, { params: { chatId, messageId: id } });
    expect(body.reactions).toEqual([{ emoji: '👍', count: 1, userIds: [anna.id] }]);
    // Clients that catch up learn of it.
    expect((await changesOf(chatId)).at(-1)).toEqual({ rev: 4, seq, kind: 'react' });
  }
});

test('a deletion whose erasure can’t begin is not finished, and can be repeated', async () => {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const message = await sent(anna, await newDirect(anna, boris));
  await react(boris, message, '👍');
  aws.fail(500);
  const refused = await call(deleteMe, boris, { body: { password } });
  aws.fail(undefined);
  expect(refused.status).toBe(500);
  expect((await call(deleteMe, boris, { body: {} })).status).toBe(200);
  await erase(boris);
  const { body } = await call(listMessages, anna, { params: { chatId: message.chatId } });
  expect(body.messages[0]).not.toHaveProperty('reactions');
});

test('an erasure that fails in the middle is finished by a repetition', async () => {
  const anna = await newPerson('Anna');
  const { id: chatId } = await newGroup(anna);
  const userId = randomUUID();
  const createdAt = new Date().toISOString();
  for (let seq = 2; seq <= 250; seq++) {
    const message = { chatId, seq, userId, createdAt, type: 'text', content: 'hi' } as const;
    await storeMessage(message);
    await storeChange(chatId, { rev: seq, seq, kind: 'react', by: userId, at: createdAt });
    await setReaction(message, seq, { userId, emoji: '👍', isAdded: true });
  }
  const event: Erasure = { userId, chatIds: [chatId, randomUUID()] };
  throttleNext('UpdateItem', process.env.CHAT_TABLE);
  await expect(handler(event, context)).rejects.toThrow();
  await handler(event, context);
  const { body } = await call(listMessages, anna, { params: { chatId }, query: { after: '1' } });
  expect(body.messages).toHaveLength(100);
  for (const message of body.messages) expect(message).not.toHaveProperty('reactions');
}, 30_000);
