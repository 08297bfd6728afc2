import { expect, test } from 'vitest';
import { setRole } from '#shared/contract/groups/set-role.ts';
import { listPins } from '#shared/contract/messages/list-pins.ts';
import { call } from '../../support/call.ts';
import { changesOf, pin, remove, type Sent, sent, unpin } from '../../support/changes.ts';
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

test('a chat has at most fifty pins; a deleted one makes room, also if its deletion broke off', async () => {
  const { anna, chatId } = await scene();
  const messages: Sent[] = [];
  for (let n = 0; n < 51; n++) messages.push(await sent(anna, chatId, `${n}`));
  const [spare, ...fifty] = messages as [Sent, ...Sent[]];
  for (const message of fifty) expect((await pin(anna, message)).status).toBe(200);
  expect(await pin(anna, spare)).toMatchObject({ status: 409, body: { code: 'too_many_pins' } });
  await remove(anna, fifty[0] as Sent);
  expect((await pin(anna, spare)).status).toBe(200);
  expect(await pinned(anna, chatId)).toHaveLength(50);
}, 30_000);

test('nobody pins a tombstone', async () => {
  const { anna, message } = await scene();
  await remove(anna, message);
  expect(await pin(anna, message)).toMatchObject({ status: 409, body: { code: 'message_deleted' } });
});
