import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { changePassword } from '#shared/contract/auth/change-password.ts';
import { endSession } from '#shared/contract/auth/end-session.ts';
import { login } from '#shared/contract/auth/login.ts';
import { logout } from '#shared/contract/auth/logout.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { db } from '#shared/data/client.ts';
import { keys } from '#shared/data/keys.ts';
import { handler as messageHandler } from '../../functions/websocket/message.ts';
import { handler as syncHandler } from '../../functions/websocket/sync.ts';
import { call } from '../support/call.ts';
import { interceptNext, interceptNothing, throttleNext, throttlePartition } from '../support/intercept-next.ts';
import { invokeSocket, type RestInput } from '../support/invoke.ts';
import { linesOf } from '../support/log-lines.ts';
import { connect, connectionsIn, newGroup, newPerson, type Person, password } from '../support/people.ts';
import { standIn } from '../support/stand-ins/connections.ts';

afterEach(interceptNothing);

const newPassword = 'battery staple';

/** The requests that end Boris's socket: who makes them, and how. */
const endings: [string, Endpoint, 'anna' | 'boris', (boris: Person, chatId: string) => RestInput][] = [
  ['removing a member', removeMember, 'anna', ({ id }, groupId) => ({ params: { groupId, userId: id } })],
  ['leaving', removeMember, 'boris', ({ id }, groupId) => ({ params: { groupId, userId: id } })],
  ['logging out', logout, 'boris', () => ({ body: {} })],
  ['ending a session', endSession, 'boris', ({ sessionId }) => ({ params: { sessionId } })],
];

describe('when the sockets cannot be listed', () => {
  test.each(endings)('%s changes nothing and can be retried', async (_what, endpoint, asker, request) => {
    const people = { anna: await newPerson('Anna'), boris: await newPerson('Boris') };
    const { id: chatId } = await newGroup(people.anna, people.boris);
    const socket = await connect(people.boris, chatId);
    const ask = () => call(endpoint, people[asker], request(people.boris, chatId));
    throttleNext('Query');
    expect(await ask()).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(await ask()).toMatchObject({ status: 200 });
    expect(standIn.closed(socket)).toBe(true);
    expect(await connectionsIn(chatId)).toEqual([]);
  });

  test('changing the password changes nothing, and can be retried with the old password', async () => {
    const anna = await newPerson();
    const body = { email: anna.email, password };
    const { body: thief } = await call(login, undefined, { body });
    const { id: chatId } = await newGroup(anna);
    const socket = await connect({ token: thief.accessToken }, chatId);
    const change = () => call(changePassword, anna, { body: { currentPassword: password, newPassword } });
    throttleNext('Query');
    expect((await change()).status).toBe(503);
    expect((await change()).status).toBe(200);
    expect(standIn.closed(socket)).toBe(true);
    expect((await call(login, undefined, { body })).status).toBe(401);
  });
});

test('a socket whose connection item could not be removed is found again by a retry', async () => {
  const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
  const { id: groupId } = await newGroup(anna, boris);
  const socket = await connect(boris, groupId);
  const remove = () => call(removeMember, anna, { params: { groupId, userId: boris.id } });
  throttlePartition(`CHAT#${groupId}`);
  expect((await remove()).status).toBe(503);
  expect((await remove()).status).toBe(200);
  expect(standIn.closed(socket)).toBe(true);
  expect(await connectionsIn(groupId)).toEqual([]);
});

test('a socket that is opened while its owner is being removed is closed before the others are notified', async () => {
  const [anna, boris, carol] = await Promise.all([newPerson(), newPerson(), newPerson()]);
  const { id: groupId } = await newGroup(anna, boris, carol);
  const [silent, notified] = await Promise.all([connect(anna, groupId), connect(carol, groupId)]);
  standIn.behave(silent, 'silent');
  let opened = '';
  interceptNext('TransactWriteItems', async (_, go) => {
    opened = await connect(boris, groupId);
    return go();
  });
  const removing = call(removeMember, anna, { params: { groupId, userId: boris.id } });
  await vi.waitUntil(() => standIn.received(notified).length > 0, { timeout: 10_000, interval: 1 });
  expect(standIn.closed(opened)).toBe(true);
  expect((await removing).status).toBe(200);
});

test('a socket left open by an earlier attempt is closed by a retry, although the membership is already gone', async () => {
  const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
  const { id: groupId } = await newGroup(anna, boris);
  const socket = await connect(boris, groupId);
  await db.send(new DeleteCommand({ TableName: process.env.CHAT_TABLE, Key: keys.membership(boris.id, groupId) }));
  const { body } = await call(removeMember, anna, { params: { groupId, userId: boris.id } });
  expect(body.code).toBe('member_not_found');
  expect(standIn.closed(socket)).toBe(true);
});

test('closing a socket is retried when API Gateway throttles it', async () => {
  const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
  const { id: groupId } = await newGroup(anna, boris);
  const socket = await connect(boris, groupId);
  standIn.refuseClosing(socket, 429);
  await call(removeMember, anna, { params: { groupId, userId: boris.id } });
  expect(standIn.closed(socket)).toBe(true);
});

test.each([
  ['is gone already', 410, []],
  ['is refused', 403, ['socket not closed']],
])('closing a socket that %s succeeds', async (_what, status, warnings) => {
  const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
  const { id: groupId } = await newGroup(anna, boris);
  standIn.refuseClosing(await connect(boris, groupId), status);
  const lines = await linesOf(async () => {
    const { status: answered } = await call(removeMember, anna, { params: { groupId, userId: boris.id } });
    expect(answered).toBe(200);
  });
  expect(lines.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual(warnings);
});

test('a socket that outlives its membership cannot send or read', async () => {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const { id: chatId } = await newGroup(anna, boris);
  const socket = await connect(boris, chatId);
  await db.send(new DeleteCommand({ TableName: process.env.CHAT_TABLE, Key: keys.membership(boris.id, chatId) }));
  await invokeSocket(messageHandler, 'message', socket, { frame: { type: 'message', content: 'I am still here' } });
  await invokeSocket(syncHandler, 'sync', socket, { frame: { type: 'sync', after: 0 } });
  const refusal = { type: 'error', code: 'not_a_participant' };
  expect(standIn.received(socket)).toMatchObject([refusal, refusal]);
  const { body } = await call(listMessages, anna, { params: { chatId } });
  expect(body.messages).toMatchObject([{ type: 'system' }]);
});
