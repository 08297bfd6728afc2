import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { setRole } from '#shared/contract/groups/set-role.ts';
import { listPins } from '#shared/contract/messages/list-pins.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { storeMessage } from '#shared/data/chats/messages.ts';
import { keys } from '#shared/data/keys.ts';
import { getItem } from '#shared/data/table.ts';
import { call } from '../../support/call.ts';
import { changesOf, edit, pin, react, remove, sent } from '../../support/changes.ts';
import { connect, newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';

const table = process.env.CHAT_TABLE as string;

async function scene() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const chatId = await newDirect(anna, boris);
  return { anna, boris, chatId, message: await sent(anna, chatId, 'secret', { clientId: 'a' }) };
}

const promote = (owner: Person, groupId: string, userId: string) =>
  call(setRole, owner, { params: { groupId, userId }, body: { role: 'admin' } });

test('a deletion leaves a tombstone without anything of the message, live and in the table', async () => {
  const { anna, boris, chatId, message } = await scene();
  await edit(anna, message, 'secret again');
  await react(boris, message, '👍');
  await pin(boris, message);
  const live = await connect(boris, chatId, { events: '1' });
  const { status, body } = await remove(anna, message, { reason: 'Typo' });
  expect(status).toBe(200);
  const { createdAt } = (await getItem<{ createdAt: string }>(table, keys.message(chatId, 1))) ?? {};
  expect(body.message).toEqual({
    id: message.id,
    chatId,
    userId: anna.id,
    userName: 'Anna',
    content: 'Message deleted',
    type: 'text',
    createdAt,
    seq: 1,
    clientId: 'a',
    version: 4,
    deletedAt: expect.any(String),
    deletedBy: anna.id,
  });
  expect(standIn.received(live)).toEqual([{ type: 'changed', chatId, rev: 4, message: body.message }]);
  const stored = await getItem<object>(table, keys.message(chatId, 1));
  expect(Object.keys(stored ?? {}).sort()).toEqual(
    'chatId clientId createdAt deletedAt deletedBy pk rev seq sk supersededRev type userId version'.split(' '),
  );
  expect((await call(listPins, anna, { params: { chatId } })).body.messages).toEqual([]);
  const { body: list } = await call(listChats, boris);
  expect(list.chats[0]).toMatchObject({ lastMessage: 'Message deleted', lastMessageDeleted: true, lastRev: 4 });
});

test('a repeated deletion returns the same tombstone, whoever asks', async () => {
  const { anna, boris, chatId, message } = await scene();
  const { body } = await remove(anna, message);
  expect((await remove(anna, message, { reason: 'again' })).body).toEqual(body);
  expect((await remove(boris, message)).body).toEqual(body);
  expect(await changesOf(chatId)).toEqual([{ rev: 1, seq: 1, kind: 'delete' }]);
});

test('a repeated deletion is delivered again, because the first request may have broken off before', async () => {
  const { anna, boris, chatId, message } = await scene();
  const { body } = await remove(anna, message);
  const live = await connect(boris, chatId, { events: '1' });
  await remove(anna, message);
  expect(standIn.received(live)).toEqual([{ type: 'changed', chatId, rev: 1, message: body.message }]);
});

test('in a direct chat nobody deletes what the other one wrote', async () => {
  const { boris, message } = await scene();
  expect(await remove(boris, message)).toMatchObject({ status: 403, body: { code: 'role_too_low' } });
});

test('in a group the owner deletes any message, an admin any but the owner’s, and a member only their own', async () => {
  const [anna, boris, vera] = await Promise.all([newPerson('Anna'), newPerson('Boris'), newPerson('Vera')]);
  const { id } = await newGroup(anna, boris, vera);
  await promote(anna, id, boris.id);
  const write = (person: Person) => sent(person, id);
  const tooLow = { status: 403, body: { code: 'role_too_low' } };
  expect(await remove(vera, await write(boris))).toMatchObject(tooLow);
  expect(await remove(vera, await write(anna))).toMatchObject(tooLow);
  expect(await remove(boris, await write(anna))).toMatchObject(tooLow);
  for (const [person, author] of [
    [vera, vera],
    [boris, vera],
    [boris, boris],
    [anna, boris],
    [anna, vera],
  ] as const) {
    const { status, body } = await remove(person, await write(author), { reason: 'Advertising' });
    expect({ status, by: body.message.deletedBy }).toEqual({ status: 200, by: person.id });
    // Nobody could erase what authors give as the reason for erasing their own.
    expect(body.message.reason).toBe(person === author ? undefined : 'Advertising');
  }
});

test('a system message stays', async () => {
  const anna = await newPerson();
  const { id: chatId } = await newGroup(anna);
  const created = { id: `${chatId}-1`, chatId, seq: 1 };
  expect(await remove(anna, created)).toMatchObject({ status: 422, body: { code: 'not_deletable' } });
});

test('a block does not keep anybody from deleting what they wrote', async () => {
  const { anna, boris, message } = await scene();
  await call(blockUser, boris, { params: { userId: anna.id } });
  expect(await edit(anna, message, 'x')).toMatchObject({ status: 403, body: { code: 'blocked' } });
  expect((await remove(anna, message)).status).toBe(200);
});

test('of a deletion and ten edits at once the deletion stays', async () => {
  const { anna, chatId, message } = await scene();
  const edits = Array.from({ length: 10 }, (_, n) => edit(anna, message, `text ${n}`));
  const [deleted] = await Promise.all([remove(anna, message), ...edits]);
  expect(deleted.status).toBe(200);
  const stored = await getItem<{ content?: string; deletedAt?: string }>(table, keys.message(chatId, 1));
  expect(stored).not.toHaveProperty('content');
  expect(stored).not.toHaveProperty('editedAt');
});

test('a message with the reactions of a thousand people can be deleted, and nothing stays of them', async () => {
  const { anna, chatId } = await scene();
  const reactions = Array.from({ length: 1000 }, () => [`r:${randomUUID()}`, { '👍': 1 }]);
  const createdAt = new Date().toISOString();
  const stored = { chatId, seq: 50, userId: anna.id, createdAt, type: 'text', content: 'hi' } as const;
  await storeMessage({ ...stored, ...Object.fromEntries(reactions) });
  expect((await remove(anna, { chatId, seq: 50, id: `${chatId}-50` })).status).toBe(200);
  const tombstone = await getItem<object>(table, keys.message(chatId, 50));
  expect(Object.keys(tombstone ?? {}).filter((name) => name.startsWith('r:'))).toEqual([]);
});

test('a repeated deletion erases what one that broke off has left', async () => {
  const { anna, boris, chatId } = await scene();
  const at = new Date().toISOString();
  const stored = {
    chatId,
    seq: 50,
    userId: anna.id,
    createdAt: at,
    type: 'text',
    deletedAt: at,
    deletedBy: anna.id,
  } as const;
  await storeMessage({ ...stored, [`r:${boris.id}`]: { '👍': 1 } });
  await remove(anna, { chatId, seq: 50, id: `${chatId}-50` });
  expect(await getItem(table, keys.message(chatId, 50))).not.toHaveProperty([`r:${boris.id}`]);
});

test('only whoever deleted a message has its deletion delivered again', async () => {
  const { anna, boris, chatId, message } = await scene();
  await remove(anna, message);
  const live = await connect(anna, chatId, { events: '1' });
  await remove(boris, message);
  expect(standIn.received(live)).toEqual([]);
});
