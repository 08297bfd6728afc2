import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { listReads } from '#shared/contract/chats/list-reads.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { openDirect } from '#shared/contract/chats/open-direct.ts';
import { reportMessage } from '#shared/contract/chats/report-message.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { unblockUser } from '#shared/contract/users/unblock-user.ts';
import { queryItems } from '#shared/data/table.ts';
import { handler as messageHandler } from '../../functions/websocket/message.ts';
import { call } from '../support/call.ts';
import { invokeSocket } from '../support/invoke.ts';
import { linesOf } from '../support/log-lines.ts';
import { connect, newDirect, newGroup, newPerson, type Person } from '../support/people.ts';
import { standIn } from '../support/stand-ins/connections.ts';

const open = (person: Person, userId: string) => call(openDirect, person, { body: { userId } });
const send = (person: Person, chatId: string, content = 'hi') =>
  call(sendMessage, person, { params: { chatId }, body: { content } });
const pair = () => Promise.all([newPerson('Anna'), newPerson('Boris')]);

describe('a direct chat', () => {
  test('is the same chat whoever opens it, even at the same time', async () => {
    const [anna, boris] = await pair();
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => open(anna, boris.id)),
      ...Array.from({ length: 5 }, () => open(boris, anna.id)),
      open(anna, boris.id),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ body }) => body.chat.id)).size).toBe(1);
  });

  test('is named after the other participant for each of the two', async () => {
    const [anna, boris] = await pair();
    const { body } = await open(anna, boris.id);
    expect(body.chat).toEqual({
      id: expect.any(String),
      name: 'Boris',
      type: 'direct',
      participantIds: [anna.id, boris.id].sort(),
      createdAt: expect.any(String),
      lastSeq: 0,
      unreadCount: 0,
    });
    await send(anna, body.chat.id, 'hello');
    const { chats } = (await call(listChats, boris)).body;
    expect(chats).toMatchObject([{ id: body.chat.id, name: 'Anna', lastMessage: 'hello', lastSeq: 1, unreadCount: 1 }]);
  });

  test('cannot be opened with oneself or with an unknown user', async () => {
    const anna = await newPerson();
    expect(await open(anna, anna.id)).toMatchObject({ status: 422, body: { code: 'not_yourself' } });
    expect(await open(anna, randomUUID())).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
  });

  test('is not a group, so nobody can be removed from it', async () => {
    const [anna, boris] = await pair();
    const groupId = await newDirect(anna, boris);
    const answer = await call(removeMember, anna, { params: { groupId, userId: boris.id } });
    expect(answer).toMatchObject({ status: 422, body: { code: 'not_a_group' } });
  });
});

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
      body: { code: 'blocked', errors: [{ path: 'participantIds.0' }, { path: 'participantIds.1' }] },
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

describe('read marks', () => {
  const read = (person: Person, chatId: string, seq: number) =>
    call(markRead, person, { params: { chatId }, body: { seq } });
  const unread = async (person: Person) => (await call(listChats, person)).body.chats[0].unreadCount;

  test('lower the unread count and never move back or past the newest message', async () => {
    const [anna, boris] = await pair();
    const chatId = await newDirect(anna, boris);
    for (let n = 0; n < 3; n++) await send(anna, chatId);
    expect(await unread(boris)).toBe(3);
    expect((await read(boris, chatId, 2)).body).toEqual({ seq: 2 });
    expect(await unread(boris)).toBe(1);
    expect((await read(boris, chatId, 1)).body).toEqual({ seq: 2 });
    expect((await read(boris, chatId, 1000)).body).toEqual({ seq: 3 });
    await send(anna, chatId);
    expect(await unread(boris)).toBe(1);
    const { body } = await call(listReads, anna, { params: { chatId } });
    expect(body.reads).toEqual(
      expect.arrayContaining([
        { userId: anna.id, seq: 0 },
        { userId: boris.id, seq: 3 },
      ]),
    );
  });

  test('end at the highest number when set concurrently', async () => {
    const [anna, boris] = await pair();
    const chatId = await newDirect(anna, boris);
    for (let n = 0; n < 5; n++) await send(anna, chatId);
    await Promise.all([3, 1, 5, 2, 4].map((seq) => read(boris, chatId, seq)));
    expect(await unread(boris)).toBe(0);
  });

  test('are sent once, as a live frame, only to connections opened with events=1', async () => {
    const [anna, boris] = await pair();
    const chatId = await newDirect(anna, boris);
    await send(anna, chatId);
    const [watching, plain] = [await connect(anna, chatId, { events: '1' }), await connect(anna, chatId)];
    await read(boris, chatId, 1);
    await read(boris, chatId, 1);
    expect(standIn.received(watching)).toEqual([{ type: 'read', chatId, userId: boris.id, seq: 1 }]);
    expect(standIn.received(plain)).toEqual([]);
  });

  test('start at the system message about joining', async () => {
    const [anna, boris] = await pair();
    const group = await newGroup(anna);
    for (let n = 0; n < 3; n++) await send(anna, group.id);
    const { joinGroup } = await import('#shared/contract/groups/index.ts');
    await call(joinGroup, boris, { body: { inviteCode: group.inviteCode } });
    expect(await unread(boris)).toBe(0);
  });
});

describe('reporting a message', () => {
  const report = (person: Person, chatId: string, messageId: string) =>
    call(reportMessage, person, { body: { chatId, messageId, reason: 'Spam' } });

  test('stores a report with the message’s content for the operator, and counts it', async () => {
    const [anna, boris] = await pair();
    const chatId = await newDirect(anna, boris);
    const { body } = await send(anna, chatId, 'buy now');
    const lines = await linesOf(async () => expect((await report(boris, chatId, body.message.id)).status).toBe(200));
    expect(lines).toMatchObject([{ ReportedMessages: 1 }]);
    const reports = await queryItems({
      TableName: process.env.CHAT_TABLE,
      KeyConditionExpression: 'pk = :month AND begins_with(sk, :message)',
      ExpressionAttributeValues: {
        ':month': `REPORTS#${new Date().toISOString().slice(0, 7)}`,
        ':message': body.message.id,
      },
    });
    expect(reports).toMatchObject([
      { reporterId: boris.id, authorId: anna.id, content: 'buy now', reason: 'Spam', messageId: body.message.id },
    ]);
  });

  test('rejects a message that is not in the chat', async () => {
    const [anna, boris] = await pair();
    const [chatId, other] = [await newDirect(anna, boris), (await newGroup(boris)).id];
    const missing = { status: 404, body: { code: 'message_not_found' } };
    for (const id of [`${chatId}-7`, `${chatId}-0`, `${chatId}-x`, `${other}-1`, 'nonsense']) {
      expect(await report(anna, chatId, id)).toMatchObject(missing);
    }
  });
});
