import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { takeNumber } from '#shared/data/chats/numbers.ts';
import { call } from '../../support/call.ts';
import { changesOf, edit, remove, sent } from '../../support/changes.ts';
import { connect, newDirect, newGroup, newPerson } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';

const pair = () => Promise.all([newPerson('Anna'), newPerson('Boris')]);

async function scene() {
  const [anna, boris] = await pair();
  const chatId = await newDirect(anna, boris);
  return { anna, boris, chatId, message: await sent(anna, chatId, 'helo') };
}

test('an edit changes the text, its version and the log, and everybody who asked for live frames sees it', async () => {
  const { anna, boris, chatId, message } = await scene();
  const live = await connect(boris, chatId, { events: '1' });
  const plain = await connect(boris, chatId);
  const { status, body } = await edit(anna, message, 'hello');
  expect(status).toBe(200);
  expect(body.message).toEqual({ ...message, content: 'hello', version: 1, editedAt: expect.any(String) });
  expect(standIn.received(live)).toEqual([{ type: 'changed', chatId, rev: 1, message: body.message }]);
  expect(standIn.received(plain)).toEqual([]);
  expect(await changesOf(chatId)).toEqual([{ rev: 1, seq: 1, kind: 'edit' }]);
  const page = await call(listMessages, boris, { params: { chatId } });
  expect(page.body.messages).toEqual([body.message]);
});

test('the same text changes nothing', async () => {
  const { anna, chatId, message } = await scene();
  expect((await edit(anna, message, 'helo')).body.message).toEqual(message);
  const { body } = await edit(anna, message, 'hello');
  expect((await edit(anna, message, 'hello')).body).toEqual(body);
  expect(await changesOf(chatId)).toHaveLength(1);
});

test('only its author may edit a message, only a text, and no tombstone', async () => {
  const { anna, boris, message } = await scene();
  const stranger = await newPerson('Vera');
  expect(await edit(boris, message, 'x')).toMatchObject({ status: 403, body: { code: 'not_the_author' } });
  expect(await edit(stranger, message, 'x')).toMatchObject({ status: 403, body: { code: 'not_a_participant' } });
  expect(await edit(anna, { ...message, id: `${message.chatId}-9` }, 'x')).toMatchObject({
    status: 404,
    body: { code: 'message_not_found' },
  });
  await remove(anna, message);
  expect(await edit(anna, message, 'x')).toMatchObject({ status: 409, body: { code: 'message_deleted' } });
  const { id: groupId } = await newGroup(anna);
  const created = { chatId: groupId, seq: 1, id: `${groupId}-1` };
  expect(await edit(anna, created, 'x')).toMatchObject({ status: 422, body: { code: 'not_editable' } });
  expect(await changesOf(groupId)).toEqual([]);
});

test('of twenty edits at once each is applied whole, overwritten by a later one, or refused', async () => {
  const { anna, message } = await scene();
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => edit(anna, message, `text ${n}`)));
  const [done, refused] = [200, 409].map((code) => answers.filter(({ status }) => status === code));
  expect(done?.length).toBeGreaterThan(0);
  for (const { body } of refused ?? []) expect(body.code).toBe('changed_meanwhile');
  const textOf = new Map(done?.map(({ body }) => [body.message.version, body.message.content]));
  expect([...textOf.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: textOf.size }, (_, n) => n + 1));
  for (const { body } of done ?? []) expect(body.message.content).toBe(textOf.get(body.message.version));
  // Those that were refused left nothing in the log.
  expect((await changesOf(message.chatId)).length).toBeLessThanOrEqual(done?.length ?? 0);
});

test('a participant whose leaving broke off is asked to wait, like with a message', async () => {
  const { anna, message } = await scene();
  await takeNumber(message.chatId, { userId: anna.id, leaving: { userId: anna.id, at: Date.now() } });
  expect(await edit(anna, message, 'x')).toMatchObject({ status: 503, body: { code: 'unavailable' } });
});

test('an edit of an unknown chat is refused like one of a chat that the user is not in', async () => {
  const { anna, message } = await scene();
  const chatId = randomUUID();
  expect(await edit(anna, { ...message, chatId, id: `${chatId}-1` }, 'x')).toMatchObject({
    status: 403,
    body: { code: 'not_a_participant' },
  });
});
