import { afterEach, describe, expect, test } from 'vitest';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { keys } from '#shared/data/keys.ts';
import { handler as typingHandler } from '../../../functions/websocket/typing.ts';
import { call } from '../../support/call.ts';
import { countOperations } from '../../support/count-operations.ts';
import { put, putAll } from '../../support/growth.ts';
import { invokeSocket } from '../../support/invoke.ts';
import { linesOf } from '../../support/log-lines.ts';
import { connect, connectInbox, newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';

const setting = process.env.TYPING_MAX_PARTICIPANTS;
afterEach(() => void Object.assign(process.env, { TYPING_MAX_PARTICIPANTS: setting }));

const type = (socket: string, frame: object = {}) =>
  invokeSocket(typingHandler, 'typing', socket, { frame: { type: 'typing', ...frame } });

async function pair() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const { id: chatId } = await newGroup(anna, boris);
  return { anna, boris, chatId };
}

const inboxOf = async (person: Person) => {
  const socket = await connectInbox(person);
  return { socket, received: () => standIn.received(socket) };
};

describe('a typing frame', () => {
  test('goes to the others in its chat, on inboxes and on sockets with events=1, and answers nothing', async () => {
    const { anna, boris, chatId } = await pair();
    const eve = await newPerson();
    const [annas, boriss, eves] = [await inboxOf(anna), await inboxOf(boris), await inboxOf(eve)];
    const [second, live, plain] = [
      await connect(anna, chatId, { events: '1' }),
      await connect(boris, chatId, { events: '1' }),
      await connect(boris, chatId),
    ];
    await type(annas.socket, { chatId });
    const frame = { type: 'typing', chatId, userId: anna.id };
    expect([boriss.received(), standIn.received(live)]).toEqual([[frame], [frame]]);
    for (const socket of [annas.socket, second, plain, eves.socket]) expect(standIn.received(socket)).toEqual([]);
  });

  test('on the socket of a chat is about that chat', async () => {
    const { anna, boris, chatId } = await pair();
    const [annas, boriss] = [await connect(anna, chatId), await inboxOf(boris)];
    await type(annas);
    expect(boriss.received()).toEqual([{ type: 'typing', chatId, userId: anna.id }]);
  });

  test('is dropped without a word when there was another one in the last five seconds', async () => {
    const { anna, boris, chatId } = await pair();
    const [annas, boriss] = [await inboxOf(anna), await inboxOf(boris)];
    for (let n = 0; n < 3; n++) await type(annas.socket, { chatId });
    expect([annas.received(), boriss.received().length]).toEqual([[], 1]);
    await putAll([
      put({
        ...keys.membership(anna.id, chatId),
        userId: anna.id,
        chatId,
        role: 'owner',
        readSeq: 0,
        typingWindowEnd: 1,
      }),
    ]);
    await type(annas.socket, { chatId });
    expect(boriss.received()).toHaveLength(2);
  });

  test('is refused without a chat, in a chat of others and in one with a block', async () => {
    const { anna, boris } = await pair();
    const annas = await inboxOf(anna);
    const direct = await newDirect(anna, boris);
    const boriss = await inboxOf(boris);
    await call(blockUser, boris, { params: { userId: anna.id } });
    await type(annas.socket);
    await type(annas.socket, { chatId: 'no-such-chat' });
    await type(annas.socket, { chatId: direct });
    expect(annas.received().slice(-3)).toMatchObject([
      { code: 'invalid_input', errors: [{ path: 'chatId' }] },
      { code: 'not_a_participant', chatId: 'no-such-chat' },
      { code: 'blocked', chatId: direct },
    ]);
    expect(boriss.received()).toEqual([]);
  });

  test('is shown in chats of up to as many people as the stage allows', async () => {
    const { anna, boris, chatId } = await pair();
    const [annas, boriss] = [await inboxOf(anna), await inboxOf(boris)];
    const people = Array.from({ length: 9 }, (_, n) => `u${n}`);
    await putAll([put({ ...keys.roster(chatId), participantIds: new Set([anna.id, boris.id, ...people]) })]);
    await type(annas.socket, { chatId });
    expect(boriss.received()).toEqual([]);
    Object.assign(process.env, { TYPING_MAX_PARTICIPANTS: '11' });
    const other = await newGroup(anna, boris);
    await putAll([put({ ...keys.roster(other.id), participantIds: new Set([anna.id, boris.id, ...people]) })]);
    await type(annas.socket, { chatId: other.id });
    expect(boriss.received().filter((frame) => frame.type === 'typing')).toHaveLength(1);
  });

  test('logs no fault when it is dropped', async () => {
    const { anna, chatId } = await pair();
    const annas = await inboxOf(anna);
    await type(annas.socket, { chatId });
    const lines = await linesOf(() => type(annas.socket, { chatId }));
    expect(lines).toMatchObject([{ route: 'typing', status: 429, code: 'too_many_requests' }]);
  });
});

test('typing: 5 operations in 4 trips; 2 in 2 more when it is dropped', async () => {
  const { anna, chatId } = await pair();
  const annas = await inboxOf(anna);
  expect(await countOperations(() => type(annas.socket, { chatId }))).toEqual({
    operations: ['BatchGetItem', 'GetItem', 'GetItem', 'Query', 'UpdateItem'],
    trips: 4,
  });
  expect(await countOperations(() => type(annas.socket, { chatId }))).toEqual({
    operations: ['GetItem', 'UpdateItem'],
    trips: 2,
  });
});
