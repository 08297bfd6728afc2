import { describe, expect, test } from 'vitest';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { forgetMentions } from '#shared/data/chats/mentions.ts';
import { getUse } from '#shared/data/limits.ts';
import { handler as messageHandler } from '../../../functions/websocket/message.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { edit, remove } from '../../support/changes.ts';
import { withParticipants } from '../../support/growth.ts';
import { invokeSocket } from '../../support/invoke.ts';
import { connect, newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';

const send = (person: Person, chatId: string, more: object) =>
  call(sendMessage, person, { params: { chatId }, body: { content: 'hi', ...more } });

async function mentionCount(person: Person, chatId: string): Promise<number> {
  const { body } = await call(listChats, person);
  return body.chats.find(({ id }: Json) => id === chatId).mentionCount;
}

async function groupOfThree() {
  const [anna, boris, vera] = await Promise.all([newPerson('Anna'), newPerson('Boris'), newPerson('Vera')]);
  const { id: chatId } = await newGroup(anna, boris, vera);
  return { anna, boris, vera, chatId };
}

const tooLow = { status: 403, body: { code: 'role_too_low' } };

describe('a mention', () => {
  test('is shown once for each participant but the author, and counts for those until they have read it', async () => {
    const [{ anna, boris, vera, chatId }, stranger] = [await groupOfThree(), await newPerson()];
    const socket = await connect(vera, chatId);
    const mentions = [boris.id, stranger.id, anna.id, boris.id, 'nobody'];
    const { body } = await send(anna, chatId, { mentions });
    expect(body.message).toMatchObject({ seq: 2, mentions: [boris.id] });
    expect(standIn.received(socket)).toEqual([body.message]);
    const { body: page } = await call(listMessages, boris, { params: { chatId } });
    expect(page.messages.at(-1)).toEqual(body.message);
    const counts = () => Promise.all([anna, boris, vera].map((person) => mentionCount(person, chatId)));
    expect(await counts()).toEqual([0, 1, 0]);
    await call(markRead, boris, { params: { chatId }, body: { seq: 2 } });
    expect(await counts()).toEqual([0, 0, 0]);
  });

  test.each([
    ['an empty list', []],
    ['only the author and strangers', ['author', 'nobody']],
  ])('is not shown for %s', async (_what, ids) => {
    const { anna, chatId } = await groupOfThree();
    const mentions = ids.map((id) => (id === 'author' ? anna.id : id));
    expect((await send(anna, chatId, { mentions, everyone: false })).body.message).not.toHaveProperty('mentions');
  });

  test('comes over a socket too', async () => {
    const { anna, boris, chatId } = await groupOfThree();
    const socket = await connect(anna, chatId);
    const frame = { type: 'message', content: 'hi', mentions: [boris.id], everyone: true };
    await invokeSocket(messageHandler, 'message', socket, { frame });
    expect(standIn.received(socket)).toMatchObject([{ mentions: [boris.id], everyone: true }]);
    expect(await mentionCount(boris, chatId)).toBe(1);
  });

  test('is for 20 people at most', async () => {
    const { anna, chatId } = await groupOfThree();
    const mentions = Array.from({ length: 21 }, (_, n) => `user-${n}`);
    expect(await send(anna, chatId, { mentions })).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    expect((await send(anna, chatId, { mentions: mentions.slice(1) })).body.message.seq).toBe(2);
  });

  test('counts thirty times when thirty messages come at once', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => newPerson()));
    const [anna, ...authors] = people as [Person, ...Person[]];
    const { id: chatId } = await newGroup(...(people as [Person, ...Person[]]));
    const sending = Array.from({ length: 30 }, (_, n) =>
      send(authors[n % authors.length] as Person, chatId, { mentions: [anna.id] }),
    );
    const answers = await Promise.all(sending);
    expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(200));
    expect(await mentionCount(anna, chatId)).toBe(30);
  });

  test('is recorded by a retry if the first request broke off', async () => {
    const { anna, boris, vera, chatId } = await groupOfThree();
    const draft = { clientId: 'once', mentions: [boris.id], everyone: true };
    const { body } = await send(anna, chatId, draft);
    await forgetMentions(body.message);
    expect(await mentionCount(boris, chatId)).toBe(0);
    expect((await send(anna, chatId, draft)).body).toEqual(body);
    expect([await mentionCount(boris, chatId), await mentionCount(vera, chatId)]).toEqual([1, 1]);
  });

  test('counts as an edit leaves it, and not any more when the message is deleted', async () => {
    const { anna, boris, vera, chatId } = await groupOfThree();
    const { body } = await send(anna, chatId, { mentions: [boris.id] });
    const counts = () => Promise.all([boris, vera].map((person) => mentionCount(person, chatId)));
    const { body: edited } = await edit(anna, body.message, 'hello', { mentions: [vera.id, 'nobody'] });
    expect(edited.message.mentions).toEqual([vera.id]);
    expect(await counts()).toEqual([0, 1]);
    await edit(anna, body.message, 'hello', { everyone: true });
    expect(await counts()).toEqual([1, 1]);
    await remove(anna, body.message);
    expect(await counts()).toEqual([0, 0]);
  });

  test('costs its author a delivery', async () => {
    const { anna, boris, vera, chatId } = await groupOfThree();
    await send(anna, chatId, { mentions: [boris.id, vera.id] });
    expect((await getUse('deliveries', anna.id)).used).toBe(3);
  });
});

describe('mentioning everyone', () => {
  test('counts for all participants but the author, and once if they are mentioned by name too', async () => {
    const { anna, boris, vera, chatId } = await groupOfThree();
    const { body } = await send(boris, chatId, { everyone: true, mentions: [vera.id] });
    expect(body.message).toMatchObject({ everyone: true, mentions: [vera.id] });
    const counts = await Promise.all([anna, boris, vera].map((person) => mentionCount(person, chatId)));
    expect(counts).toEqual([1, 0, 1]);
  });

  test('is allowed to both in a direct chat', async () => {
    const [anna, boris] = [await newPerson(), await newPerson()];
    const chatId = await newDirect(anna, boris);
    expect((await send(boris, chatId, { everyone: true })).status).toBe(200);
    expect(await mentionCount(anna, chatId)).toBe(1);
  });

  test('is allowed to members in chats of up to 50 participants, to the owner and admins in all, and takes no number if not', async () => {
    const [small, large] = [await withParticipants(50), await withParticipants(51)];
    expect((await send(small.member, small.groupId, { everyone: true })).status).toBe(200);
    expect(await send(large.member, large.groupId, { everyone: true })).toMatchObject(tooLow);
    const socket = await connect(large.member, large.groupId);
    const frame = { type: 'message', content: 'hi', clientId: 'c', everyone: true };
    await invokeSocket(messageHandler, 'message', socket, { frame });
    expect(standIn.received(socket)).toMatchObject([{ type: 'error', code: 'role_too_low', clientId: 'c' }]);
    expect((await send(large.member, large.groupId, { mentions: [large.anna.id] })).body.message.seq).toBe(2);
    expect((await send(large.anna, large.groupId, { everyone: true })).body.message.seq).toBe(3);
  });
});
