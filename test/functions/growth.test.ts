import { describe, expect, test } from 'vitest';
import { changePassword } from '#shared/contract/auth/change-password.ts';
import { createTicket } from '#shared/contract/auth/create-ticket.ts';
import { endSession } from '#shared/contract/auth/end-session.ts';
import { listSessions } from '#shared/contract/auth/list-sessions.ts';
import { login } from '#shared/contract/auth/login.ts';
import { logout } from '#shared/contract/auth/logout.ts';
import { refresh } from '#shared/contract/auth/refresh.ts';
import { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { listReads } from '#shared/contract/chats/list-reads.ts';
import { listUnread } from '#shared/contract/chats/list-unread.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { openDirect } from '#shared/contract/chats/open-direct.ts';
import { readAll as markAllRead } from '#shared/contract/chats/read-all.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { addMembers } from '#shared/contract/groups/add-members.ts';
import { createGroup } from '#shared/contract/groups/create-group.ts';
import { getGroup } from '#shared/contract/groups/get-group.ts';
import { joinGroup } from '#shared/contract/groups/join-group.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { renameGroup } from '#shared/contract/groups/rename-group.ts';
import { renewInvite } from '#shared/contract/groups/renew-invite.ts';
import { revokeInvite } from '#shared/contract/groups/revoke-invite.ts';
import { setRole } from '#shared/contract/groups/set-role.ts';
import { getMessage } from '#shared/contract/messages/get-message.ts';
import { listChanges } from '#shared/contract/messages/list-changes.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { exportMe } from '#shared/contract/users/export-me.ts';
import { getMe } from '#shared/contract/users/get-me.ts';
import { getUser } from '#shared/contract/users/get-user.ts';
import { updateMe } from '#shared/contract/users/update-me.ts';
import { keys } from '#shared/data/keys.ts';
import { addUse } from '#shared/data/limits.ts';
import { handler as disconnectHandler } from '../../functions/websocket/disconnect.ts';
import { handler as messageHandler } from '../../functions/websocket/message.ts';
import { handler as syncHandler } from '../../functions/websocket/sync.ts';
import type { Json } from '../support/api-client.ts';
import { call } from '../support/call.ts';
import {
  deleteAccount,
  expectLinear,
  type Group,
  inChats,
  put,
  putAll,
  readAll,
  withParticipants,
  withSessions,
} from '../support/growth.ts';
import { invokeSocket, type RestInput } from '../support/invoke.ts';
import { connect, newGroup, newPerson, type Person, password } from '../support/people.ts';

/** What grows with a user's chats and sessions and with a group's participants, and that nothing grows faster than they do. */

const sizes = [10, 100, 1000];
/** A group has 1,000 participants at most: one place is left for those who join. */
const groupSizes = [10, 100, 999];

/** A call that must succeed: a refusal would cost nothing. */
async function succeed(endpoint: Endpoint, person: Person | undefined, input: RestInput = {}): Promise<void> {
  expect(await call(endpoint, person, input)).toMatchObject({ status: 200 });
}

const ofPerson = ({ id }: Person) => ({ params: { userId: id } });

type Actions<T> = [string, (made: T) => Promise<unknown>][];

const chatActions: Actions<Person> = [
  ['listing them', (anna) => succeed(listChats, anna)],
  ['listing a page of them', (anna) => succeed(listChats, anna, { query: { limit: '20' } })],
  ['listing what is unread', (anna) => succeed(listUnread, anna)],
  ['marking all as read', (anna) => succeed(markAllRead, anna)],
  ['exporting everything', (anna) => readAll(exportMe, anna)],
  ['reading one’s own profile', (anna) => succeed(getMe, anna)],
  [
    'reading a stranger’s name',
    async (anna) => expect(await call(getUser, await newPerson(), ofPerson(anna))).toMatchObject({ status: 404 }),
  ],
  ['changing one’s name', (anna) => succeed(updateMe, anna, { body: { name: 'Anna B.' } })],
  ['creating a group', (anna) => succeed(createGroup, anna, { body: { name: 'Group', participantIds: [] } })],
  ['opening a direct chat', async (anna) => succeed(openDirect, anna, { body: { userId: (await newPerson()).id } })],
  ['blocking a person', async (anna) => succeed(blockUser, anna, { params: { userId: (await newPerson()).id } })],
  ['deleting the account', deleteAccount],
];

const sessionActions: Actions<Person> = [
  ['listing them', (anna) => succeed(listSessions, anna)],
  ['refreshing a token', ({ refreshToken }) => succeed(refresh, undefined, { body: { refreshToken, rotate: true } })],
  ['reading one’s own profile', (anna) => succeed(getMe, anna)],
  ['logging out', (anna) => succeed(logout, anna, { body: {} })],
  ['ending a session', (anna) => succeed(endSession, anna, { params: { sessionId: anna.sessionId } })],
  ['logging out everywhere', (anna) => succeed(logout, anna, { body: { everywhere: true } })],
  [
    'changing the password',
    (anna) => succeed(changePassword, anna, { body: { currentPassword: password, newPassword: 'battery staple' } }),
  ],
  ['deleting the account', deleteAccount],
];

const logIn = ({ email }: Person) => succeed(login, undefined, { body: { email, password } });

const params = ({ groupId }: Group) => ({ params: { groupId, chatId: groupId } });

const aroundFirst = (group: Group) => ({ ...params(group), query: { around: '1' } });

const firstMessage = ({ groupId }: Group) => ({ params: { chatId: groupId, messageId: `${groupId}-1` } });

const ofMember = ({ groupId, member }: Group) => ({ groupId, userId: member.id });

const groupActions: Actions<Group> = [
  ['reading the group', (group) => readAll(getGroup, group.anna, params(group))],
  ['reading the read marks', (group) => readAll(listReads, group.anna, params(group))],
  ['reading messages', (group) => succeed(listMessages, group.anna, params(group))],
  ['reading a page of messages around one', (group) => succeed(listMessages, group.anna, aroundFirst(group))],
  ['reading one message', (group) => succeed(getMessage, group.anna, firstMessage(group))],
  [
    'reading what has changed',
    (group) => succeed(listChanges, group.anna, { ...params(group), query: { after: '0' } }),
  ],
  ['sending a message', (group) => succeed(sendMessage, group.anna, { ...params(group), body: { content: 'hi' } })],
  [
    'mentioning everyone',
    (group) => succeed(sendMessage, group.anna, { ...params(group), body: { content: 'hi', everyone: true } }),
  ],
  [
    'mentioning twenty participants',
    async (group) => {
      const { body } = await call(getGroup, group.anna, params(group));
      const mentions = body.group.participantIds.slice(0, 20);
      await succeed(sendMessage, group.anna, { ...params(group), body: { content: 'hi', mentions } });
    },
  ],
  ['marking as read', (group) => succeed(markRead, group.anna, { ...params(group), body: { seq: 1 } })],
  ['listing chats', ({ anna }) => succeed(listChats, anna)],
  ['renaming it', (group) => succeed(renameGroup, group.anna, { ...params(group), body: { name: 'New' } })],
  ['renewing its code', (group) => succeed(renewInvite, group.anna, { ...params(group), body: {} })],
  ['revoking its code', (group) => succeed(revokeInvite, group.anna, params(group))],
  ['changing a role', (group) => succeed(setRole, group.anna, { params: ofMember(group), body: { role: 'admin' } })],
  ['changing the owner', (group) => succeed(setRole, group.anna, { params: ofMember(group), body: { role: 'owner' } })],
  ['joining it', async ({ inviteCode }) => succeed(joinGroup, await newPerson(), { body: { inviteCode } })],
  [
    'adding a participant',
    async (group) => succeed(addMembers, group.anna, { ...params(group), body: { userIds: [(await newPerson()).id] } }),
  ],
  ['removing a participant', (group) => succeed(removeMember, group.anna, { params: ofMember(group) })],
  ['a participant leaving', (group) => succeed(leaveChat, group.member, params(group))],
  ['the owner leaving', (group) => succeed(leaveChat, group.anna, params(group))],
  ['a participant deleting the account', ({ member }) => deleteAccount(member)],
  ['a ticket', ({ anna, groupId }) => succeed(createTicket, anna, { body: { chatId: groupId } })],
  ['a socket that connects, sends, syncs and disconnects', liveOnSocket],
];

async function liveOnSocket({ anna, groupId }: Group): Promise<void> {
  const socket = await connect(anna, groupId);
  const message = { type: 'message', content: 'hi' };
  const answers = [
    await invokeSocket(messageHandler, 'message', socket, { frame: message }),
    await invokeSocket(syncHandler, 'sync', socket, { frame: { type: 'sync', after: 0 } }),
    await invokeSocket(disconnectHandler, '$disconnect', socket),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
}

describe('no action grows faster than', () => {
  test.each(chatActions)('the number of chats: %s', { timeout: 300_000 }, (_name, action) =>
    expectLinear(sizes, inChats, action),
  );

  test.each(sessionActions)('the number of sessions: %s', { timeout: 60_000 }, (_name, action) =>
    expectLinear(sizes, withSessions, action),
  );

  test('the number of sessions: logging in', { timeout: 60_000 }, () => {
    const make = async (size: number) => {
      const anna = await withSessions(size);
      // Ends those above a hundred.
      await logIn(anna);
      return anna;
    };
    return expectLinear(sizes, make, logIn);
  });

  test.each(groupActions)('the number of participants: %s', { timeout: 60_000 }, (_name, action) =>
    expectLinear(groupSizes, withParticipants, action),
  );
});

test('the pages of a large group have each participant once', async () => {
  const group = await withParticipants(450);
  const [groups, reads] = [
    await readAll(getGroup, group.anna, params(group)),
    await readAll(listReads, group.anna, params(group)),
  ];
  const members = groups.flatMap((page) => page.group.members).map(({ userId }: Json) => userId);
  expect(groups.map((page) => page.group.members.length)).toEqual([200, 200, 50]);
  expect(members.toSorted()).toEqual(groups[0]?.group.participantIds);
  const readers = reads.flatMap((page) => page.reads).map(({ userId }: Json) => userId);
  expect(readers.toSorted()).toEqual(members.toSorted());
});

test('large pages are read 60 times a minute', async () => {
  const [group, anna] = [await withParticipants(60), await inChats(101)];
  const { id: fat } = await newGroup(anna);
  const message = {
    chatId: fat,
    userId: anna.id,
    type: 'text',
    content: 'x'.repeat(4000),
    createdAt: '2026-01-01T00:00:00.000Z',
  };
  await putAll(Array.from({ length: 30 }, (_, n) => put({ ...keys.message(fat, n + 2), ...message, seq: n + 2 })));
  // A hundred short replies, which quote thirty long messages.
  const boris = await newPerson();
  const { id: quoting } = await newGroup(boris);
  const quotes = (n: number) => (n < 30 ? {} : { content: 'Yes', replyToSeq: 2 + (n % 30) });
  const inQuoting = Array.from({ length: 130 }, (_, n) => ({ ...message, chatId: quoting, seq: n + 2, ...quotes(n) }));
  await putAll(inQuoting.map((item) => put({ ...keys.message(quoting, item.seq), ...item })));
  const cases: [Endpoint, Person, Record<string, string>, Record<string, string>][] = [
    [getGroup, group.anna, params(group).params, { limit: '50' }],
    [listReads, group.anna, params(group).params, { limit: '50' }],
    [listMessages, anna, { chatId: fat }, { limit: '20' }],
    [listMessages, boris, { chatId: quoting }, { limit: '20' }],
  ];
  for (const [endpoint, person, path, small] of cases) {
    await addUse(`${endpoint.name}:large page:60`, person.id, 59, 60);
    expect((await call(endpoint, person, { params: path })).status).toBe(200);
    expect(await call(endpoint, person, { params: path })).toMatchObject({ status: 429 });
    expect((await call(endpoint, person, { params: path, query: small })).status).toBe(200);
  }
  for (const endpoint of [listChats, listUnread]) {
    await addUse(`${endpoint.name}:large page:60`, anna.id, 59, 60);
    expect((await call(endpoint, anna)).status).toBe(200);
    expect(await call(endpoint, anna)).toMatchObject({ status: 429 });
    expect((await call(endpoint, group.anna)).status).toBe(200);
  }
});
