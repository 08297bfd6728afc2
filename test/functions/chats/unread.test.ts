import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import { storeSystemMessage } from '#shared/chats/messages/system-messages.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { createMeeting } from '#shared/contract/google/create-meeting.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { joinGroup } from '#shared/contract/groups/join-group.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { renameGroup } from '#shared/contract/groups/rename-group.ts';
import { setRole } from '#shared/contract/groups/set-role.ts';
import { getMembership } from '#shared/data/chats/memberships.ts';
import { db } from '#shared/data/client.ts';
import { keys } from '#shared/data/keys.ts';
import { handler as messageHandler } from '../../../functions/websocket/message.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { countOperations } from '../../support/count-operations.ts';
import { interceptNext, interceptNothing } from '../../support/intercept-next.ts';
import { invokeSocket } from '../../support/invoke.ts';
import { connect, newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { link } from '../google/linked.ts';

afterEach(interceptNothing);

const send = (person: Person, chatId: string, body: object = { content: 'hi' }) =>
  call(sendMessage, person, { params: { chatId }, body });

const read = (person: Person, chatId: string, seq: number) =>
  call(markRead, person, { params: { chatId }, body: { seq } });

async function unread(person: Person, chatId: string): Promise<number> {
  const { body } = await call(listChats, person);
  return body.chats.find(({ id }: Json) => id === chatId).unreadCount;
}

async function pair() {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  return { anna, boris, chatId: await newDirect(anna, boris) };
}

describe('the unread count', () => {
  test('does not include what one has sent oneself, over REST or over a socket', async () => {
    const { anna, boris, chatId } = await pair();
    await send(anna, chatId);
    const socket = await connect(anna, chatId);
    await invokeSocket(messageHandler, 'message', socket, { frame: { type: 'message', content: 'hi' } });
    expect([await unread(anna, chatId), await unread(boris, chatId)]).toEqual([0, 2]);
  });

  test('stays when one replies without having read', async () => {
    const { anna, boris, chatId } = await pair();
    for (let n = 0; n < 3; n++) await send(anna, chatId);
    await send(boris, chatId);
    await send(boris, chatId, { content: 'hi', clientId: '1' });
    expect([await unread(anna, chatId), await unread(boris, chatId)]).toEqual([2, 3]);
  });

  test('is right after each mark among one’s own and others’ messages', async () => {
    const { anna, boris, chatId } = await pair();
    for (const person of [anna, anna, boris, anna, boris, anna]) await send(person, chatId);
    const counts = [await unread(boris, chatId)];
    for (let seq = 1; seq <= 6; seq++) {
      await read(boris, chatId, seq);
      counts.push(await unread(boris, chatId));
    }
    expect(counts).toEqual([4, 3, 2, 2, 1, 1, 0]);
    expect(await getMembership(boris.id, chatId)).not.toHaveProperty('ownSeqs');
  });

  test('goes on with one’s own message when everything before it is read, so that no mark is needed', async () => {
    const { anna, boris, chatId } = await pair();
    await send(anna, chatId);
    await read(boris, chatId, 1);
    await send(boris, chatId);
    expect(await getMembership(boris.id, chatId)).toMatchObject({ readSeq: 2 });
    await send(anna, chatId);
    expect(await unread(boris, chatId)).toBe(1);
  });

  test('includes the system messages that others caused, and none that one caused oneself', async () => {
    const [anna, boris, carol] = await Promise.all([newPerson('Anna'), newPerson('Boris'), newPerson('Carol')]);
    const { id: groupId } = await newGroup(anna, boris);
    await link(anna, '4/code');
    expect([await unread(anna, groupId), await unread(boris, groupId)]).toEqual([0, 1]);
    await read(boris, groupId, 1);
    const ofCarol = { params: { groupId, userId: carol.id } };
    const actions = [
      () => call(renameGroup, anna, { params: { groupId }, body: { name: 'Lake' } }),
      () => call(addMembers, anna, { params: { groupId }, body: { userIds: [carol.id] } }),
      () => call(setRole, anna, { ...ofCarol, body: { role: 'admin' } }),
      () => call(removeMember, anna, ofCarol),
      () => call(createMeeting, anna, { body: { chatId: groupId } }),
    ];
    for (const [n, action] of actions.entries()) {
      expect((await action()).status).toBe(200);
      expect([await unread(anna, groupId), await unread(boris, groupId)]).toEqual([0, n + 1]);
    }
    // Also with something unread before.
    await send(boris, groupId);
    await call(renameGroup, anna, { params: { groupId }, body: { name: 'Hills' } });
    expect(await unread(anna, groupId)).toBe(1);
  });

  test('starts anew for somebody who joins again', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: groupId, inviteCode } = await newGroup(anna, boris);
    await send(anna, groupId);
    await send(boris, groupId);
    expect((await getMembership(boris.id, groupId))?.ownSeqs).toEqual(new Set([3]));
    await call(removeMember, boris, { params: { groupId, userId: boris.id } });
    await call(joinGroup, boris, { body: { inviteCode } });
    expect(await getMembership(boris.id, groupId)).not.toHaveProperty('ownSeqs');
    expect(await unread(boris, groupId)).toBe(0);
    await send(anna, groupId);
    expect(await unread(boris, groupId)).toBe(1);
  });

  test('does not include the numbers of a message that was sent several times at the same moment', async () => {
    const { anna, boris, chatId } = await pair();
    const draft = { content: 'hi', clientId: 'x' };
    const [{ body }] = await Promise.all([
      send(anna, chatId, draft),
      send(anna, chatId, draft),
      send(anna, chatId, draft),
    ]);
    expect([await unread(anna, chatId), await unread(boris, chatId)]).toEqual([0, 1]);
    await read(boris, chatId, body.message.seq);
    await send(boris, chatId);
    expect([await unread(anna, chatId), await unread(boris, chatId)]).toEqual([1, 0]);
    await send(anna, chatId);
    expect([await unread(anna, chatId), await unread(boris, chatId)]).toEqual([1, 1]);
  });

  test('does not include the number of a change that was refused', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    const { id: groupId } = await newGroup(anna, boris);
    await read(boris, groupId, 1);
    const about = { chatId: groupId, userId: anna.id, event: 'renamed', name: 'Lake' } as const;
    expect(await storeSystemMessage(about, async () => 'refused' as const)).toBe('refused');
    await send(anna, groupId);
    await send(boris, groupId);
    expect([await unread(anna, groupId), await unread(boris, groupId)]).toEqual([1, 1]);
  });

  test('does not include the number of a message that could not be stored', async () => {
    const { anna, boris, chatId } = await pair();
    await send(anna, chatId);
    interceptNext('PutItem', async () => {
      throw Object.assign(new Error('down'), { name: 'InternalServerError' });
    });
    expect((await send(boris, chatId)).status).toBe(503);
    await send(anna, chatId);
    expect(await unread(boris, chatId)).toBe(2);
  });
});

describe('a message whose sender’s function broke off', () => {
  const draft = { content: 'hi', clientId: '1' };

  test('is no longer unread when it is sent again', async () => {
    const { anna, boris, chatId } = await pair();
    await send(anna, chatId);
    await send(boris, chatId, draft);
    const Key = keys.membership(boris.id, chatId);
    await db.send(new UpdateCommand({ TableName: process.env.CHAT_TABLE, Key, UpdateExpression: 'REMOVE ownSeqs' }));
    expect(await unread(boris, chatId)).toBe(2);
    expect((await send(boris, chatId, draft)).body.message.seq).toBe(2);
    expect(await unread(boris, chatId)).toBe(1);
  });

  test('is recorded once, however often it is sent again', async () => {
    const { anna, boris, chatId } = await pair();
    await send(anna, chatId);
    await send(boris, chatId, draft);
    await send(anna, chatId);
    const membership = await getMembership(boris.id, chatId);
    const { operations } = await countOperations(() => send(boris, chatId, draft));
    expect(operations.filter((name) => name === 'UpdateItem')).toHaveLength(3);
    expect(await getMembership(boris.id, chatId)).toMatchObject({ ownSeqs: membership?.ownSeqs, readSeq: 0 });
    expect(await unread(boris, chatId)).toBe(2);
  });
});

describe('at the same moment', () => {
  /** The numbers of a person's messages. */
  async function numbersOf(person: Person, chatId: string): Promise<number[]> {
    const { body } = await call(listMessages, person, { params: { chatId }, query: { limit: '100' } });
    return body.messages.filter(({ userId }: Json) => userId === person.id).map(({ seq }: Json) => seq);
  }

  test('two people reply to each other, and each has the other’s messages unread', async () => {
    const { anna, boris, chatId } = await pair();
    const replies = (person: Person) => Array.from({ length: 8 }, () => send(person, chatId));
    await Promise.all([...replies(anna), ...replies(boris)]);
    expect([await unread(anna, chatId), await unread(boris, chatId)]).toEqual([8, 8]);
  });

  test('two devices send the same message, which is unread for others only, once', async () => {
    const { anna, boris, chatId } = await pair();
    await send(anna, chatId);
    const draft = { content: 'hi', clientId: '1' };
    const sent = await Promise.all([send(boris, chatId, draft), send(boris, chatId, draft)]);
    expect(sent[0].body.message.seq).toBe(sent[1].body.message.seq);
    expect(await unread(boris, chatId)).toBe(1);
  });

  test('two devices send while a third marks as read', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 5; round++) {
      const { anna, boris, chatId } = await pair();
      for (let n = 0; n < 6; n++) await send(anna, chatId);
      const marks = [2, 4, 6, 8, 10, 12];
      const [, , ...marked] = await Promise.all([
        ...Array.from({ length: 8 }, () => send(boris, chatId)),
        ...Array.from({ length: 4 }, () => send(anna, chatId)),
        ...marks.map((seq) => read(boris, chatId, seq)),
      ]);
      const highest = Math.max(...marked.map(({ body }) => body.seq ?? 0));
      const above = (await numbersOf(anna, chatId)).filter((seq) => seq > highest);
      expect(await unread(boris, chatId), `round ${round}`).toBe(above.length);
    }
  });
});
