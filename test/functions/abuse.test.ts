import { describe, expect, test, vi } from 'vitest';
import { deliveries, leaving } from '#shared/contract/chats/limits.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { getGroup } from '#shared/contract/groups/get-group.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { renameGroup } from '#shared/contract/groups/rename-group.ts';
import { findUsers } from '#shared/contract/users/find-users.ts';
import { syncedMessages, syncing } from '#shared/contract/websocket/sync.ts';
import { storeMessage } from '#shared/data/chats/messages.ts';
import { takeNumber } from '#shared/data/chats/numbers.ts';
import { addUse, getUse } from '#shared/data/limits.ts';
import { handler as deliverHandler } from '../../functions/deliver.ts';
import { handler as messageHandler } from '../../functions/websocket/message.ts';
import { handler as syncHandler } from '../../functions/websocket/sync.ts';
import { deliveryOf } from '../delivery/rounds.ts';
import { call } from '../support/call.ts';
import { edit, pin, react, remove, sent } from '../support/changes.ts';
import { withParticipants } from '../support/growth.ts';
import { invokeSocket } from '../support/invoke.ts';
import { connect, newDirect, newGroup, newPerson } from '../support/people.ts';
import { fillRoom } from '../support/rooms.ts';
import { standIn } from '../support/stand-ins/connections.ts';

/** What one account can make others pay or suffer: docs/security.md has the table, and this file drives its rows. */

const tooMany = { status: 429, body: { code: 'too_many_requests' } };

describe('syncing', () => {
  const sync = (socket: string) => invokeSocket(syncHandler, 'sync', socket, { frame: { type: 'sync', after: 0 } });

  test('sends a user ten thousand messages a minute at most, over any number of sockets', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const message = {
      chatId,
      userId: anna.id,
      type: 'text',
      content: 'x',
      createdAt: new Date().toISOString(),
    } as const;
    for (let n = 0; n < 499; n++) await takeNumber(chatId, { userId: anna.id });
    await Promise.all(Array.from({ length: 499 }, (_, n) => storeMessage({ ...message, seq: n + 2 })));
    const sockets = await Promise.all(Array.from({ length: 3 }, () => connect(anna, chatId)));
    await addUse('websocket/sync:messages', anna.id, syncedMessages.allow - 1000, syncedMessages.within);
    await Promise.all(sockets.map(sync));
    const received = sockets.flatMap((socket) => standIn.received(socket));
    expect(received.filter(({ type }) => type === 'text')).toHaveLength(2 * 499);
    expect(received.filter(({ type }) => type === 'error')).toMatchObject([{ code: 'too_many_requests' }]);
  }, 60_000);

  test('is answered 120 times a minute, even if there is nothing to send', () => {
    expect(syncing).toMatchObject({ per: 'user', allow: 120, within: 60 });
  });
});

describe('deliveries', () => {
  test('are counted for the author: each message and each connection that it goes to', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna, boris);
    await Promise.all([connect(anna, chatId), connect(boris, chatId), connect(boris, chatId)]);
    const send = () => call(sendMessage, anna, { params: { chatId }, body: { content: 'hi' } });
    for (let n = 0; n < 3; n++) await send();
    expect((await getUse('deliveries', anna.id)).used).toBe(12);
    expect((await getUse('deliveries', boris.id)).used).toBe(0);
  });

  test('are counted for the author for each participant who is mentioned, of whom a message has twenty at most', async () => {
    const { anna, groupId: chatId } = await withParticipants(30);
    const mention = (ids: string[]) =>
      call(sendMessage, anna, { params: { chatId }, body: { content: 'hi', mentions: ids } });
    const { participantIds } = (await call(getGroup, anna, { params: { groupId: chatId } })).body.group;
    const others = participantIds.filter((id: string) => id !== anna.id);
    expect(await mention(others.slice(0, 21))).toMatchObject({ status: 400 });
    await mention(others.slice(0, 20));
    expect((await getUse('deliveries', anna.id)).used).toBe(21);
  });

  test('are counted for the author by each page of a large room', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const sockets = await Promise.all(Array.from({ length: 3 }, () => connect(anna, chatId)));
    const { body } = await call(sendMessage, anna, { params: { chatId }, body: { content: 'hi' } });
    const before = (await getUse('deliveries', anna.id)).used;
    await deliverHandler(deliveryOf(body.message), { awsRequestId: 'page' } as never);
    expect((await getUse('deliveries', anna.id)).used - before).toBe(sockets.length);
  });

  test('of changes are counted in one of ten where few hear them, ten times, and always where many do', async () => {
    const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
    const chatId = await newDirect(anna, boris);
    await Promise.all([connect(anna, chatId, { events: '1' }), connect(boris, chatId, { events: '1' })]);
    const message = await sent(anna, chatId);
    const usedBy = async (random: number, content: string) => {
      const { used } = await getUse('deliveries', anna.id);
      vi.spyOn(Math, 'random').mockReturnValue(random);
      await edit(anna, message, content);
      vi.restoreAllMocks();
      return (await getUse('deliveries', anna.id)).used - used;
    };
    expect(await usedBy(0.1, 'a')).toBe(0);
    expect(await usedBy(0.099, 'b')).toBe(30);
    await fillRoom(chatId, 10, { events: true });
    expect(await usedBy(0.5, 'c')).toBe(13);
  });

  test('keep nobody from deleting when they are used up, but from every other change', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const message = await sent(anna, chatId);
    const socket = await connect(anna, chatId, { events: '1' });
    await addUse('deliveries', anna.id, deliveries.allow, 3600);
    const refused = { status: 429, body: { code: 'too_many_requests' } };
    expect(await edit(anna, message, 'x')).toMatchObject(refused);
    expect(await react(anna, message, '👍')).toMatchObject(refused);
    expect(await pin(anna, message)).toMatchObject(refused);
    expect((await remove(anna, message)).status).toBe(200);
    expect(standIn.received(socket)).toEqual([]);
  });

  test('count the mentions that an edit adds and takes away', async () => {
    const [anna, boris, vera] = await Promise.all([newPerson('Anna'), newPerson('Boris'), newPerson('Vera')]);
    const { id: chatId } = await newGroup(anna, boris, vera);
    const message = await sent(anna, chatId, 'hi', { mentions: [boris.id] });
    const { used } = await getUse('deliveries', anna.id);
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    await edit(anna, message, 'hi', { mentions: [vera.id] });
    vi.restoreAllMocks();
    expect((await getUse('deliveries', anna.id)).used - used).toBe(2);
  });

  test('end for the hour with the budget, in every chat and by every route', async () => {
    const anna = await newPerson();
    const [{ id: chatId }, { id: other }] = await Promise.all([newGroup(anna), newGroup(anna)]);
    const socket = await connect(anna, other);
    const send = () => call(sendMessage, anna, { params: { chatId }, body: { content: 'hi' } });
    await addUse('deliveries', anna.id, deliveries.allow - 1, deliveries.within);
    expect((await send()).status).toBe(200);
    const refused = await send();
    expect(refused).toMatchObject(tooMany);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3500);
    await invokeSocket(messageHandler, 'message', socket, { frame: { type: 'message', content: 'hi' } });
    expect(standIn.received(socket).at(-1)).toMatchObject({ type: 'error', code: 'too_many_requests' });
  });
});

describe('read marks and system messages', () => {
  test('go live only within the budget of deliveries, and are stored without it', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna, boris);
    for (let n = 0; n < 3; n++) await call(sendMessage, anna, { params: { chatId }, body: { content: 'hi' } });
    const sockets = await Promise.all(Array.from({ length: 11 }, () => connect(anna, chatId, { events: '1' })));
    const mark = (seq: number) => call(markRead, boris, { params: { chatId }, body: { seq } });
    const received = () => sockets.flatMap((socket) => standIn.received(socket)).length;
    await mark(1);
    expect(received()).toBe(11);
    expect((await getUse('deliveries', boris.id)).used).toBe(11);
    await addUse('deliveries', boris.id, deliveries.allow, deliveries.within);
    expect((await mark(2)).body).toEqual({ seq: 2 });
    expect(received()).toBe(11);
  });

  test('are refused without the budget, except about who leaves or is removed', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: groupId } = await newGroup(anna, boris);
    await addUse('deliveries', anna.id, deliveries.allow, deliveries.within);
    expect(await call(renameGroup, anna, { params: { groupId }, body: { name: 'Lake' } })).toMatchObject(tooMany);
    expect((await call(removeMember, anna, { params: { groupId, userId: boris.id } })).status).toBe(200);
    expect((await call(removeMember, anna, { params: { groupId, userId: anna.id } })).status).toBe(200);
  });
});

test('leaving and removing make two hundred messages an hour at most', async () => {
  const anna = await newPerson();
  const { id: groupId } = await newGroup(anna);
  const remove = () => call(removeMember, anna, { params: { groupId, userId: 'nobody' } });
  await addUse('groups/remove-member:user:3600', anna.id, leaving.allow - 1, leaving.within);
  expect((await remove()).status).toBe(404);
  expect(await remove()).toMatchObject(tooMany);
});

describe('a long list in a request', () => {
  const many = Array.from({ length: 21_000 }, () => '');

  test.each([
    ['emails and phones', findUsers, { phones: many }],
    ['a new group', createGroup, { name: 'x', participantIds: many }],
    ['new members', addMembers, { userIds: many }],
    ['a list that nobody asked for', addMembers, { userIds: [], ['k'.repeat(2000)]: many }],
  ])('is refused before its items are looked at: %s', async (_name, endpoint, body) => {
    const anna = await newPerson();
    const { id: groupId } = await newGroup(anna);
    const answer = await call(endpoint, anna, { params: { groupId }, body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    expect(answer.body.errors).toHaveLength(1);
    expect(JSON.stringify(answer.body).length).toBeLessThan(1000);
  });

  test('has twenty errors at most in the answer', async () => {
    const answer = await call(createGroup, await newPerson(), {
      body: { name: 'x', participantIds: Array.from({ length: 45 }, () => '') },
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    expect(answer.body.errors).toHaveLength(20);
  });
});
