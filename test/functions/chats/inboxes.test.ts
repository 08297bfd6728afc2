import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { markUnread } from '#shared/contract/chats/mark-unread.ts';
import { openDirect } from '#shared/contract/chats/open-direct.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { setNotifications } from '#shared/contract/chats/set-notifications.ts';
import { setPlace } from '#shared/contract/chats/set-place.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { renameGroup } from '#shared/contract/groups/rename-group.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { unblockUser } from '#shared/contract/users/unblock-user.ts';
import { handler as messageHandler } from '../../../functions/websocket/message.ts';
import { handler as typingHandler } from '../../../functions/websocket/typing.ts';
import { call } from '../../support/call.ts';
import { edit, react, remove, sent } from '../../support/changes.ts';
import { invokeSocket } from '../../support/invoke.ts';
import { connectInbox, newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';
import { join } from '../groups/family.ts';

/** People who each have an inbox, and what arrives there. */
async function people(count: number) {
  const all = await Promise.all(Array.from({ length: count }, () => newPerson()));
  return Promise.all(
    all.map(async (person) => {
      const socket = await connectInbox(person);
      let seen = 0;
      const fresh = () => {
        const frames = standIn.received(socket).slice(seen);
        seen += frames.length;
        return frames;
      };
      return { ...person, socket, fresh };
    }),
  );
}

type Listener = Awaited<ReturnType<typeof people>>[number];

const chatOf = (chatId: string) => ({ type: 'chat', chatId });
const removedFrom = (chatId: string) => ({ type: 'chat.removed', chatId });

const inGroup = (endpoint: Endpoint, person: Person, groupId: string, more: object = {}) =>
  call(endpoint, person, { params: { groupId }, ...more });

const removeFrom = (actor: Person, groupId: string, member: Person) =>
  call(removeMember, actor, { params: { groupId, userId: member.id } });

const leave = (person: Person, chatId: string) => call(leaveChat, person, { params: { chatId } });

/** What arrives that is no message. */
const told = (person: Listener) => person.fresh().filter(({ type }) => String(type).startsWith('chat'));

describe('a chat frame', () => {
  test('tells everybody of a new group, and both of a new direct chat, but not of one that they have', async () => {
    const [anna, boris, vera, eve] = (await people(4)) as [Listener, Listener, Listener, Listener];
    const { id } = await newGroup(anna, boris, vera);
    expect([anna, boris, vera, eve].map(told)).toEqual([...Array(3).fill([chatOf(id)]), []]);
    const direct = await newDirect(anna, boris);
    expect([anna, boris].map(told)).toEqual([[chatOf(direct)], [chatOf(direct)]]);
    await newDirect(boris, anna);
    expect([anna, boris].map(told)).toEqual([[], []]);
  });

  test('tells those who were added, and the other devices of who has joined', async () => {
    const [anna, boris, vera] = (await people(3)) as [Listener, Listener, Listener];
    const { id, inviteCode } = await newGroup(anna);
    for (const person of [anna, boris, vera]) person.fresh();
    await inGroup(addMembers, anna, id, { body: { userIds: [boris.id] } });
    expect([anna, boris].map(told)).toEqual([[], [chatOf(id)]]);
    await join(vera, inviteCode);
    expect([anna, boris, vera].map(told)).toEqual([[], [], [chatOf(id)]]);
  });

  test('tells the own devices of a direct chat that left the list and came back', async () => {
    const [anna, boris] = (await people(2)) as [Listener, Listener];
    const direct = await newDirect(anna, boris);
    for (const person of [anna, boris]) person.fresh();
    await leave(anna, direct);
    expect([anna, boris].map(told)).toEqual([[removedFrom(direct)], []]);
    await call(openDirect, anna, { body: { userId: boris.id } });
    expect([anna, boris].map(told)).toEqual([[chatOf(direct)], []]);
  });
});

test.each([
  ['its notifications', setNotifications, { level: 'none' }],
  ['its place in the list', setPlace, { pinned: true }],
  ['what is unread again', markUnread, { seq: 1 }],
])('a chat frame tells only the own devices of %s', async (_what, endpoint: Endpoint, body: object) => {
  const [anna, boris] = (await people(2)) as [Listener, Listener];
  const { id: chatId } = await newGroup(anna, boris);
  for (const person of [anna, boris]) person.fresh();
  await call(endpoint, anna, { params: { chatId }, body });
  expect([anna, boris].map((person) => person.fresh())).toEqual([[chatOf(chatId)], []]);
});

describe('a chat.removed frame', () => {
  test('goes to the person who leaves or is removed, also from the last place and when it is repeated', async () => {
    const [anna, boris, vera] = (await people(3)) as [Listener, Listener, Listener];
    const { id } = await newGroup(anna, boris, vera);
    for (const person of [anna, boris, vera]) person.fresh();
    await leave(boris, id);
    expect([anna, boris, vera].map(told)).toEqual([[], [removedFrom(id)], []]);
    await removeFrom(anna, id, vera);
    expect([anna, vera].map(told)).toEqual([[], [removedFrom(id)]]);
    expect(await removeFrom(anna, id, vera)).toMatchObject({ status: 404 });
    expect(told(vera)).toEqual([removedFrom(id)]);
    await leave(anna, id);
    expect(told(anna)).toEqual([removedFrom(id)]);
  });

  test('cannot be sent to somebody who was never there', async () => {
    const [anna, eve] = (await people(2)) as [Listener, Listener];
    const { id } = await newGroup(anna);
    expect(await removeFrom(anna, id, eve)).toMatchObject({ status: 404 });
    expect(eve.fresh()).toEqual([]);
  });
});

/** Everything that one participant can do for another to hear of. */
async function allHappens(person: Listener, chatId: string) {
  const message = await sent(person, chatId);
  await edit(person, message, 'edited');
  await react(person, message, '👍');
  await remove(person, message);
  await invokeSocket(typingHandler, 'typing', person.socket, { frame: { type: 'typing', chatId } });
  await invokeSocket(messageHandler, 'message', person.socket, {
    frame: { type: 'message', chatId, content: 'over the inbox' },
  });
  await call(markRead, person, { params: { chatId }, body: { seq: 1 } });
}

describe('after a removal', () => {
  test('nothing of the group arrives, and everything again once the person is back', async () => {
    const [anna, eve] = (await people(2)) as [Listener, Listener];
    const { id } = await newGroup(anna, eve);
    await sent(eve, id);
    await removeFrom(anna, id, eve);
    eve.fresh();
    await allHappens(anna, id);
    await inGroup(renameGroup, anna, id, { body: { name: 'Without Eve' } });
    expect(eve.fresh()).toEqual([]);
    await inGroup(addMembers, anna, id, { body: { userIds: [eve.id] } });
    const message = await sent(anna, id);
    expect(eve.fresh()).toEqual([
      expect.objectContaining({ type: 'system' }),
      chatOf(id),
      expect.objectContaining({ id: message.id }),
    ]);
  });

  test('the removed person’s own frames are refused', async () => {
    const [anna, eve] = (await people(2)) as [Listener, Listener];
    const { id } = await newGroup(anna, eve);
    await removeFrom(anna, id, eve);
    eve.fresh();
    anna.fresh();
    const frame = { type: 'message', chatId: id, content: randomUUID() };
    await invokeSocket(messageHandler, 'message', eve.socket, { frame });
    expect(eve.fresh()).toMatchObject([{ type: 'error', code: 'not_a_participant', chatId: id }]);
    expect(anna.fresh()).toEqual([]);
  });
});

describe('after a block', () => {
  test('nothing of the direct chat arrives at the blocked one, and messages again once it is lifted', async () => {
    const [anna, boris] = (await people(2)) as [Listener, Listener];
    const chatId = await newDirect(anna, boris);
    const message = await sent(anna, chatId);
    await call(blockUser, anna, { params: { userId: boris.id } });
    boris.fresh();
    await remove(anna, message);
    await call(markRead, anna, { params: { chatId }, body: { seq: 1 } });
    await invokeSocket(typingHandler, 'typing', anna.socket, { frame: { type: 'typing', chatId } });
    await call(sendMessage, anna, { params: { chatId }, body: { content: 'hi' } });
    expect(boris.fresh()).toEqual([]);
    await call(unblockUser, anna, { params: { userId: boris.id } });
    await sent(anna, chatId);
    expect(boris.fresh()).toHaveLength(1);
  });
});
