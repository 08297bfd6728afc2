import { afterEach, describe, expect, test, vi } from 'vitest';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { handler as messageHandler } from '../../../functions/websocket/message.ts';
import { handler as syncHandler } from '../../../functions/websocket/sync.ts';
import { call } from '../../support/call.ts';
import { invokeSocket } from '../../support/invoke.ts';
import { connect, connectInbox, newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';
import { stored } from '../../support/stored.ts';

afterEach(() => void vi.useRealTimers());

const say = (socket: string, frame: object) =>
  invokeSocket(messageHandler, 'message', socket, { frame: { type: 'message', ...frame } });

const sync = (socket: string, frame: object) =>
  invokeSocket(syncHandler, 'sync', socket, { frame: { type: 'sync', ...frame } });

const frameAt = (socket: string, n = -1) => standIn.received(socket).at(n);

async function twoGroups() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const [first, second] = [(await newGroup(anna, boris)).id, (await newGroup(anna, boris)).id];
  const [annas, boriss] = [await connectInbox(anna), await connectInbox(boris)];
  return { anna, boris, first, second, annas, boriss };
}

describe('a message on an inbox', () => {
  test('goes to the chat that it names: to inboxes and to sockets of the chat, as the same frame', async () => {
    const { boris, first, second, annas, boriss } = await twoGroups();
    const [here, there] = [await connect(boris, first), await connect(boris, second)];
    await say(annas, { chatId: first, content: 'here', clientId: 'c1' });
    const { body } = await call(listMessages, boris, { params: { chatId: first } });
    for (const socket of [annas, boriss, here]) expect(standIn.received(socket)).toEqual([body.messages.at(-1)]);
    expect(standIn.received(there)).toEqual([]);
  });

  test.each([
    ['without a chat', {}],
    ['with an empty name of one', { chatId: '' }],
    ['with something else in its place', { chatId: 7 }],
  ])('%s is refused', async (_what, named) => {
    const { annas, boriss } = await twoGroups();
    await say(annas, { content: 'where?', clientId: 'c1', ...named });
    expect(standIn.received(annas)).toEqual([
      {
        type: 'error',
        code: 'invalid_input',
        message: expect.any(String),
        clientId: 'c1',
        errors: [{ path: 'chatId', message: expect.any(String), rule: 'missing' }],
      },
    ]);
    expect(standIn.received(boriss)).toEqual([]);
  });

  test('to a chat of others is refused as one to a chat that is not there, with the chat in the answer', async () => {
    const { annas } = await twoGroups();
    const [eve, vera] = await Promise.all([newPerson(), newPerson()]);
    const { id } = await newGroup(eve, vera);
    for (const chatId of [id, 'no-such-chat']) {
      await say(annas, { chatId, content: 'hi', clientId: 'c1' });
      expect(frameAt(annas)).toMatchObject({ type: 'error', code: 'not_a_participant', clientId: 'c1', chatId });
    }
  });

  test('names its chat in vain on the socket of a chat, whatever it says', async () => {
    const { anna, first, second } = await twoGroups();
    const socket = await connect(anna, first);
    for (const chatId of [second, 7, 'x'.repeat(65)]) {
      await say(socket, { chatId, content: 'hi' });
      expect(frameAt(socket)).toMatchObject({ content: 'hi', chatId: first });
    }
  });
});

describe('a sync on an inbox', () => {
  test('gets what is missing in the chat that it names, and an answer that names it', async () => {
    const { anna, first, second, boriss } = await twoGroups();
    await Promise.all([stored(anna, first), stored(anna, second)]);
    await Promise.all([sync(boriss, { chatId: first, after: 1 }), sync(boriss, { chatId: second, after: 0 })]);
    const frames = standIn.received(boriss);
    const ends = frames.filter(({ type }) => type === 'synced');
    expect(new Set(ends.map(({ chatId, seq }) => `${chatId} ${seq}`))).toEqual(new Set([`${first} 2`, `${second} 2`]));
    const seqsOf = (chatId: string) => frames.filter((frame) => frame.chatId === chatId).map(({ seq }) => seq);
    expect([seqsOf(first), seqsOf(second)]).toEqual([
      [2, 2],
      [1, 2, 2],
    ]);
  });

  test('is refused without a chat, in a chat of others and in one with a block', async () => {
    const { anna, boris, annas } = await twoGroups();
    const [eve, direct] = [await newPerson(), await newDirect(anna, boris)];
    const { id } = await newGroup(eve);
    await call(blockUser, boris, { params: { userId: anna.id } });
    await sync(annas, { after: 0 });
    expect(frameAt(annas)).toMatchObject({ code: 'invalid_input', errors: [{ path: 'chatId', rule: 'missing' }] });
    await sync(annas, { after: 0, chatId: id });
    expect(frameAt(annas)).toMatchObject({ code: 'not_a_participant', chatId: id });
    await sync(annas, { after: 0, chatId: direct });
    expect(frameAt(annas)).toMatchObject({ code: 'blocked', chatId: direct });
  });

  const block = (anna: Person, boris: Person) => call(blockUser, anna, { params: { userId: boris.id } });

  test.each([
    [
      'is removed',
      (anna: Person, boris: Person, groupId: string) =>
        call(removeMember, anna, { params: { groupId, userId: boris.id } }),
    ],
    ['is blocked', block],
  ])('ends without a word soon after its user %s', async (what, exclude) => {
    const { anna, boris, first, boriss } = await twoGroups();
    const chatId = what === 'is blocked' ? await newDirect(anna, boris) : first;
    for (let n = 0; n < 5; n++) await stored(anna, chatId);
    const before = standIn.received(boriss).length;
    // The post of the first message is answered late enough for a right that was read before to be too old.
    let late: number | undefined;
    standIn.onPost(boriss, async () => {
      if (late !== undefined) return;
      late = Date.now() + 1001;
      await exclude(anna, boris, chatId);
      vi.useFakeTimers({ toFake: ['Date'], now: late });
    });
    await sync(boriss, { chatId, after: 0 });
    const frames = standIn.received(boriss).slice(before);
    expect(frames.filter(({ seq }) => seq !== undefined)).toHaveLength(1);
    expect(frames.filter(({ type }) => type === 'synced')).toEqual([]);
  });
});

test('sending over REST reaches the sender’s own inboxes too', async () => {
  const { anna, first, annas, boriss } = await twoGroups();
  await call(sendMessage, anna, { params: { chatId: first }, body: { content: 'hi' } });
  expect([frameAt(annas), frameAt(boriss)]).toMatchObject([{ content: 'hi' }, { content: 'hi' }]);
});
