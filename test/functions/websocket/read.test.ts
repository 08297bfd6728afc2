import { describe, expect, test } from 'vitest';
import { listReads } from '#shared/contract/chats/list-reads.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { handler as readHandler } from '../../../functions/websocket/read.ts';
import { call } from '../../support/call.ts';
import { countOperations } from '../../support/count-operations.ts';
import { invokeSocket } from '../../support/invoke.ts';
import { connect, connectInbox, newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';

const read = (socket: string, frame: object) =>
  invokeSocket(readHandler, 'read', socket, { frame: { type: 'read', ...frame } });

const send = (person: Person, chatId: string) =>
  call(sendMessage, person, { params: { chatId }, body: { content: 'hi' } });

const readsOn = (socket: string) => standIn.received(socket).filter(({ type }) => type === 'read');

async function direct() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const chatId = await newDirect(anna, boris);
  await send(anna, chatId);
  await send(anna, chatId);
  return { anna, boris, chatId };
}

describe('a read frame', () => {
  test('moves the mark, is answered with it once, and tells the author and the other devices', async () => {
    const { anna, boris, chatId } = await direct();
    const [own, other, plain, annas] = [
      await connectInbox(boris),
      await connectInbox(boris),
      await connect(boris, chatId),
      await connectInbox(anna),
    ];
    await read(own, { chatId, seq: 1 });
    const mark = { type: 'read', chatId, userId: boris.id, seq: 1 };
    for (const socket of [own, other, annas]) expect(readsOn(socket)).toEqual([mark]);
    expect(standIn.received(plain)).toEqual([]);
    const { body } = await call(listReads, anna, { params: { chatId } });
    expect(body.reads).toContainEqual({ userId: boris.id, seq: 1 });
  });

  test('that moves nothing is answered with the mark, and tells nobody', async () => {
    const { anna, boris, chatId } = await direct();
    const own = await connectInbox(boris);
    await read(own, { chatId, seq: 99 });
    const annas = await connectInbox(anna);
    await read(own, { chatId, seq: 1 });
    expect(readsOn(own).map(({ seq }) => seq)).toEqual([2, 2]);
    expect(readsOn(annas)).toEqual([]);
  });

  test('on the socket of a chat is about that chat', async () => {
    const { boris, chatId } = await direct();
    const socket = await connect(boris, chatId);
    await read(socket, { seq: 2 });
    expect(standIn.received(socket)).toEqual([{ type: 'read', chatId, userId: boris.id, seq: 2 }]);
  });

  test('is refused without a chat or a number, and in a chat of others', async () => {
    const { boris, chatId } = await direct();
    const own = await connectInbox(boris);
    await read(own, { seq: 1 });
    await read(own, { chatId });
    await read(own, { chatId: 'no-such-chat', seq: 1 });
    expect(standIn.received(own)).toMatchObject([
      { code: 'invalid_input', errors: [{ path: 'chatId', rule: 'missing' }] },
      { code: 'invalid_input', errors: [{ path: 'seq' }], chatId },
      { code: 'not_a_participant', chatId: 'no-such-chat' },
    ]);
  });
});

describe('one’s own mark', () => {
  test('reaches the own inboxes in a group of any size, and nobody else', async () => {
    const people = await Promise.all(Array.from({ length: 21 }, () => newPerson()));
    const [anna, boris, ...others] = people as [Person, Person, ...Person[]];
    const { id: chatId } = await newGroup(anna, boris, ...others);
    const [annas, boriss] = [await connectInbox(anna), await connectInbox(boris)];
    await call(markRead, boris, { params: { chatId }, body: { seq: 1 } });
    expect([readsOn(annas), readsOn(boriss).length]).toEqual([[], 1]);
  });

  test('in a direct chat with a block is shown to nobody else', async () => {
    const { anna, boris, chatId } = await direct();
    await call(blockUser, boris, { params: { userId: anna.id } });
    const [annas, boriss, other] = [await connectInbox(anna), await connectInbox(boris), await connectInbox(boris)];
    await read(boriss, { chatId, seq: 1 });
    expect([annas, boriss, other].map((socket) => readsOn(socket).length)).toEqual([0, 1, 1]);
    const annasOther = await connectInbox(anna);
    await call(blockUser, anna, { params: { userId: boris.id } });
    await read(boriss, { chatId, seq: 2 });
    expect([annas, annasOther].map((socket) => readsOn(socket).length)).toEqual([0, 0]);
  });
});

test('reading over the socket: 7 operations in 6 trips with the author watching', async () => {
  const { anna, boris, chatId } = await direct();
  await connectInbox(anna);
  const own = await connectInbox(boris);
  expect(await countOperations(() => read(own, { chatId, seq: 1 }))).toEqual({
    operations: ['BatchGetItem', 'BatchGetItem', 'GetItem', 'GetItem', 'Query', 'Query', 'UpdateItem'],
    trips: 6,
  });
});
