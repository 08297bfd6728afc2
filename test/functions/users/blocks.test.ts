import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { askAssistant } from '#shared/contract/ai/ask-assistant.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { openDirect } from '#shared/contract/chats/open-direct.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { createMeeting } from '#shared/contract/google/create-meeting.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { listBlocks } from '#shared/contract/users/list-blocks.ts';
import { unblockUser } from '#shared/contract/users/unblock-user.ts';
import { handler as messageHandler } from '../../../functions/websocket/message.ts';
import { call } from '../../support/call.ts';
import { interceptNext } from '../../support/intercept-next.ts';
import { invokeSocket } from '../../support/invoke.ts';
import { connect, newDirect, newGroup, newPerson, type Person } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';

const open = (person: Person, userId: string) => call(openDirect, person, { body: { userId } });

const send = (person: Person, chatId: string, content = 'hi') =>
  call(sendMessage, person, { params: { chatId }, body: { content } });

const pair = () => Promise.all([newPerson('Anna'), newPerson('Boris')]);

describe('a blocked user', () => {
  const refused = { status: 403, body: { code: 'blocked' } };

  test('cannot write or connect to the direct chat, and loses the open socket', async () => {
    const [anna, boris] = await pair();
    const chatId = await newDirect(anna, boris);
    const socket = await connect(boris, chatId);
    expect((await call(blockUser, anna, { params: { userId: boris.id } })).status).toBe(200);
    expect(standIn.closed(socket)).toBe(true);
    expect(await send(boris, chatId)).toMatchObject(refused);
    expect(await open(boris, anna.id)).toMatchObject(refused);
    await expect(connect(boris, chatId)).rejects.toThrow('403');
    await invokeSocket(messageHandler, 'message', socket, { frame: { type: 'message', content: 'still here' } });
    expect((await call(listMessages, anna, { params: { chatId } })).body.messages).toEqual([]);
  });

  test('leaves a chat in which nobody can write, by any route, until every block is lifted', async () => {
    const [anna, boris] = await pair();
    const chatId = await newDirect(anna, boris);
    const before = { params: { chatId }, body: { content: 'before', clientId: 'before' } };
    await call(sendMessage, anna, before);
    const socket = await connect(anna, chatId);
    const block = (person: Person, other: Person) => call(blockUser, person, { params: { userId: other.id } });
    const unblock = (person: Person, other: Person) => call(unblockUser, person, { params: { userId: other.id } });
    await block(anna, boris);
    expect(await send(anna, chatId)).toMatchObject(refused);
    expect(await call(sendMessage, anna, before)).toMatchObject(refused);
    await invokeSocket(messageHandler, 'message', socket, { frame: { type: 'message', content: 'over the socket' } });
    expect(standIn.received(socket).at(-1)).toMatchObject({ type: 'error', code: 'blocked' });
    for (const person of [anna, boris]) {
      const ask = { body: { chatId, question: 'Are you there?' } };
      expect(await call(askAssistant, person, ask)).toMatchObject(refused);
      expect(await call(createMeeting, person, { body: { chatId } })).toMatchObject(refused);
      await expect(connect(person, chatId)).rejects.toThrow('403');
    }
    await block(boris, anna);
    await unblock(anna, boris);
    expect(await send(anna, chatId)).toMatchObject(refused);
    const { messages } = (await call(listMessages, boris, { params: { chatId } })).body;
    expect(messages.map(({ content }: { content: string }) => content)).toEqual(['before']);
    await unblock(boris, anna);
    for (const person of [anna, boris]) expect((await send(person, chatId)).status).toBe(200);
  });

  test('gets no message that is being sent while the block is stored', async () => {
    const [anna, boris] = await pair();
    const chatId = await newDirect(anna, boris);
    // Anna's message has passed the check of her membership.
    interceptNext('UpdateItem', async (_, go) => {
      const result = await go();
      await call(blockUser, anna, { params: { userId: boris.id } });
      return result;
    });
    expect(await send(anna, chatId, 'too late')).toMatchObject(refused);
    expect((await call(listMessages, boris, { params: { chatId } })).body.messages).toEqual([]);
  });

  test('cannot open a direct chat, and neither can the blocker', async () => {
    const [anna, boris] = await pair();
    await call(blockUser, anna, { params: { userId: boris.id } });
    expect(await open(boris, anna.id)).toMatchObject(refused);
    expect(await open(anna, boris.id)).toMatchObject(refused);
  });

  test('can still write in groups, and in the direct chat again once unblocked', async () => {
    const [anna, boris] = await pair();
    const chatId = await newDirect(anna, boris);
    const group = await newGroup(anna, boris);
    await call(blockUser, anna, { params: { userId: boris.id } });
    expect((await send(boris, group.id)).status).toBe(200);
    expect((await call(unblockUser, anna, { params: { userId: boris.id } })).status).toBe(200);
    expect((await send(boris, chatId)).status).toBe(200);
    await connect(boris, chatId);
  });

  test('cannot add the blocker to a new or an existing group, but shared groups stay as they are', async () => {
    const [[anna, boris], vera] = await Promise.all([pair(), newPerson('Vera')]);
    const { id: groupId } = await newGroup(boris, vera);
    const add = (...people: Person[]) =>
      call(addMembers, boris, { params: { groupId }, body: { userIds: people.map(({ id }) => id) } });
    for (const blocker of [anna, vera]) await call(blockUser, blocker, { params: { userId: boris.id } });
    const body = { name: 'Trap', participantIds: [vera.id, anna.id] };
    expect(await call(createGroup, boris, { body })).toMatchObject({
      ...refused,
      body: { code: 'blocked', errors: [{ path: 'participantIds.0', rule: 'blocked' }, { path: 'participantIds.1' }] },
    });
    expect(await add(vera, anna)).toMatchObject({ body: { code: 'blocked', errors: [{ path: 'userIds.1' }] } });
    expect((await call(listChats, anna)).body.chats).toEqual([]);
    expect((await add(vera)).status).toBe(200);
    expect((await call(createGroup, anna, { body: { name: 'Mine', participantIds: [boris.id] } })).status).toBe(200);
    await call(unblockUser, anna, { params: { userId: boris.id } });
    expect((await add(anna)).body.group.participantIds).toContain(anna.id);
  });

  test('stays blocked when the chat is opened at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const [anna, boris] = await pair();
      const [opened] = await Promise.all([
        open(boris, anna.id),
        call(blockUser, anna, { params: { userId: boris.id } }),
      ]);
      if (opened.status === 200) expect(await send(boris, opened.body.chat.id)).toMatchObject(refused);
      else expect(opened).toMatchObject(refused);
    }
  });

  test('cannot be oneself or an unknown user', async () => {
    const anna = await newPerson();
    expect(await call(blockUser, anna, { params: { userId: anna.id } })).toMatchObject({
      body: { code: 'not_yourself' },
    });
    expect(await call(blockUser, anna, { params: { userId: randomUUID() } })).toMatchObject({ status: 404 });
  });
});

describe('listing blocks', () => {
  test('names the blocked users', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson('Boris')]);
    await call(blockUser, anna, { params: { userId: boris.id } });
    const { body } = await call(listBlocks, anna);
    expect(body).toEqual({ users: [{ id: boris.id, name: 'Boris', blockedAt: expect.any(String) }] });
  });
});
