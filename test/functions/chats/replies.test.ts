import { describe, expect, test } from 'vitest';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { handler as messageHandler } from '../../../functions/websocket/message.ts';
import { call } from '../../support/call.ts';
import { remove, sent } from '../../support/changes.ts';
import { invokeSocket } from '../../support/invoke.ts';
import { connect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';
import { openai } from '../../support/stand-ins/openai.ts';
import { askAbout } from '../ai/scene.ts';

const reply = (person: Person, chatId: string, replyToId: string, more: object = {}) =>
  call(sendMessage, person, { params: { chatId }, body: { content: 'yes', replyToId, ...more } });

async function scene() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const { id: chatId } = await newGroup(anna, boris);
  return { anna, boris, chatId };
}

describe('a reply', () => {
  test('quotes the message in the answer, in the frames and in the history, over REST and over the socket', async () => {
    const { anna, boris, chatId } = await scene();
    const [annas, borises] = await Promise.all([connect(anna, chatId), connect(boris, chatId)]);
    const question = await sent(anna, chatId, 'Lake?');
    const { body } = await reply(boris, chatId, question.id);
    const replyTo = {
      messageId: question.id,
      ...{ seq: question.seq, version: 0, userId: anna.id, userName: 'Anna', content: 'Lake?', type: 'text' },
    };
    expect(body.message).toMatchObject({ seq: 3, replyTo });
    const frame = { type: 'message', content: 'yes', replyToId: question.id };
    await invokeSocket(messageHandler, 'message', borises, { frame });
    const [, first, second] = standIn.received(annas);
    expect(first).toEqual(body.message);
    expect(second).toMatchObject({ seq: 4, replyTo });
    const page = await call(listMessages, anna, { params: { chatId } });
    expect(page.body.messages.slice(2)).toEqual([first, second]);
  });

  test('can be to a tombstone, whose text it does not show, to a system message and to an answer', async () => {
    const { anna, boris, chatId } = await scene();
    const secret = await sent(anna, chatId, 'the secret');
    const { body: deleted } = await remove(anna, secret);
    const { body } = await reply(boris, chatId, secret.id);
    expect(body.message.replyTo).toMatchObject({ seq: 2, version: 1, deletedAt: deleted.message.deletedAt });
    expect(JSON.stringify(body)).not.toContain('the secret');
    expect((await reply(boris, chatId, `${chatId}-1`)).body.message.replyTo).toMatchObject({ seq: 1, type: 'system' });
    openai.behave({ pieces: ['Fine.'] });
    const { body: answer } = await askAbout(anna, chatId);
    const { messageId, content, type } = (await reply(boris, chatId, answer.message.id)).body.message.replyTo;
    expect({ messageId, content, type }).toEqual({ messageId: answer.message.id, content: 'Fine.', type: 'ai' });
  });

  test('to an unknown message or one of another chat is refused, and takes no number', async () => {
    const { anna, boris, chatId } = await scene();
    const other = await newGroup(boris);
    const socket = await connect(boris, chatId);
    for (const replyToId of [`${chatId}-7`, `${chatId}-0`, `${other.id}-1`, 'nonsense']) {
      expect(await reply(boris, chatId, replyToId)).toMatchObject({ status: 422, body: { code: 'unknown_reply' } });
      const frame = { type: 'message', content: 'yes', clientId: 'c', replyToId };
      await invokeSocket(messageHandler, 'message', socket, { frame });
      expect(standIn.received(socket).at(-1)).toMatchObject({ type: 'error', code: 'unknown_reply', clientId: 'c' });
    }
    expect((await sent(anna, chatId)).seq).toBe(2);
  });

  test('to a message of a chat that the user is not in is refused like any message there', async () => {
    const { chatId } = await scene();
    const refused = await reply(await newPerson(), chatId, `${chatId}-1`);
    expect(refused).toMatchObject({ status: 403, body: { code: 'not_a_participant' } });
  });
});
