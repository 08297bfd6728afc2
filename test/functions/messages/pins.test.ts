import { expect, test } from 'vitest';
import { setRole } from '#shared/contract/groups/set-role.ts';
import { listPins } from '#shared/contract/messages/list-pins.ts';
import { pinMessage } from '#shared/data/changes/pins.ts';
import { eraseMessage } from '#shared/data/changes/tombstone.ts';
import { type StoredMessage, storeMessage } from '#shared/data/chats/messages.ts';
import { call } from '../../support/call.ts';
import { changesOf, pin, remove, type Sent, sent, unpin } from '../../support/changes.ts';
import { interceptNext, throttleNext } from '../../support/intercept-next.ts';
import { connect, newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';

const pinned = async (person: Person, chatId: string): Promise<Sent[]> =>
  (await call(listPins, person, { params: { chatId } })).body.messages;

async function scene() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const chatId = await newDirect(anna, boris);
  return { anna, boris, chatId, message: await sent(anna, chatId) };
}

test('in a direct chat both pin messages, which say so; the one pinned last comes first', async () => {
  const { anna, boris, chatId, message } = await scene();
  const live = await connect(anna, chatId, { events: '1' });
  const second = await sent(anna, chatId, 'second');
  const { body } = await pin(boris, second);
  expect(body.message).toEqual({ ...second, version: 1, pinned: true });
  expect(standIn.received(live).at(-1)).toEqual({ type: 'changed', chatId, rev: 1, message: body.message });
  await pin(anna, message);
  expect((await pinned(boris, chatId)).map(({ seq }) => seq)).toEqual([1, 2]);
  expect((await unpin(anna, second)).body.message).toEqual({ ...second, version: 2 });
  expect((await pinned(boris, chatId)).map(({ seq }) => seq)).toEqual([1]);
});

test('pinning and unpinning may be repeated', async () => {
  const { anna, chatId, message } = await scene();
  const { body } = await pin(anna, message);
  expect((await pin(anna, message)).body).toEqual(body);
  const unpinned = await unpin(anna, message);
  expect((await unpin(anna, message)).body).toEqual(unpinned.body);
  expect(await changesOf(chatId)).toHaveLength(2);
});

test('in a group the owner and admins pin messages', async () => {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const { id: groupId } = await newGroup(anna, boris);
  const message = await sent(boris, groupId);
  const tooLow = { status: 403, body: { code: 'role_too_low' } };
  expect(await pin(boris, message)).toMatchObject(tooLow);
  expect((await pin(anna, message)).status).toBe(200);
  expect(await unpin(boris, message)).toMatchObject(tooLow);
  await call(setRole, anna, { params: { groupId, userId: boris.id }, body: { role: 'admin' } });
  expect((await unpin(boris, message)).status).toBe(200);
});

/** Messages 2 to 51 of a chat, pinned without the endpoint's limit. */
async function pinFifty(chatId: string, userId: string): Promise<StoredMessage[]> {
  const createdAt = new Date().toISOString();
  const messages = Array.from(
    { length: 50 },
    (_, n) => ({ chatId, seq: n + 2, userId, createdAt, type: 'text' }) as const,
  );
  for (const message of messages) {
    await storeMessage(message);
    expect(await pinMessage(message, message.seq)).toHaveProperty('changed');
  }
  return messages;
}

test('a chat has at most fifty pins, and unpinning or deleting one makes room', async () => {
  const { anna, boris, chatId, message } = await scene();
  await pinFifty(chatId, anna.id);
  const idOf = (seq: number) => ({ chatId, seq, id: `${chatId}-${seq}` });
  expect(await pin(anna, message)).toMatchObject({ status: 409, body: { code: 'too_many_pins' } });
  expect((await pinned(anna, chatId)).map(({ seq }) => seq)).not.toContain(1);
  expect(await changesOf(chatId)).toEqual([]);
  await unpin(boris, idOf(7));
  expect((await pin(anna, message)).status).toBe(200);
  expect(await pin(anna, idOf(7))).toMatchObject({ status: 409 });
  await remove(anna, idOf(8));
  expect((await pin(anna, idOf(7))).status).toBe(200);
});

test('a deletion that had read the message before it was pinned makes room too, even if it breaks off', async () => {
  const { anna, chatId, message } = await scene();
  const [first, second] = (await pinFifty(chatId, anna.id)) as [StoredMessage, StoredMessage];
  const deletion = { deletedBy: anna.id, reason: undefined };
  expect(await eraseMessage(first, 100, deletion)).toHaveProperty('changed');
  expect((await pin(anna, message)).status).toBe(200);
  interceptNext('UpdateItem', (_, go) => {
    throttleNext('UpdateItem');
    return go();
  });
  await expect(eraseMessage(second, 101, deletion)).rejects.toThrow('slow down');
  expect(await pinned(anna, chatId)).toHaveLength(49);
  expect((await pin(anna, await sent(anna, chatId, 'another'))).status).toBe(200);
});

test('nobody pins a tombstone', async () => {
  const { anna, message } = await scene();
  await remove(anna, message);
  expect(await pin(anna, message)).toMatchObject({ status: 409, body: { code: 'message_deleted' } });
});
