import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { changePassword } from '#shared/contract/auth/change-password.ts';
import { createTicket } from '#shared/contract/auth/create-ticket.ts';
import { endSession } from '#shared/contract/auth/end-session.ts';
import { login } from '#shared/contract/auth/login.ts';
import { logout } from '#shared/contract/auth/logout.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { removeMember } from '#shared/contract/groups/remove-member.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { getSocketUser, listConnectionsOf } from '#shared/data/connections/connections.ts';
import { listInboxes, listInboxesOf } from '#shared/data/connections/sockets.ts';
import { connectionKeys } from '#shared/data/keys.ts';
import { getItem } from '#shared/data/table.ts';
import { signToken } from '#shared/tokens/sign.ts';
import { handler as connectHandler } from '../../../functions/websocket/connect.ts';
import { handler as disconnectHandler } from '../../../functions/websocket/disconnect.ts';
import { call } from '../../support/call.ts';
import { interceptNext, interceptNothing } from '../../support/intercept-next.ts';
import { invokeSocket, type RestInput } from '../../support/invoke.ts';
import { connect, connectInbox, newDirect, newGroup, newPerson, type Person, password } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';

afterEach(interceptNothing);

const idsOf = async ({ id }: Person) => (await listInboxes([id])).map(({ connectionId }) => connectionId);

const statusOf = async (query: Record<string, string>) =>
  (await invokeSocket(connectHandler, '$connect', `${randomUUID()}=`, { query })).status;

/** Inboxes that are opened one after the other, so that their order is known. */
async function openInboxes(person: Person, count: number): Promise<string[]> {
  const ids = [];
  for (let n = 0; n < count; n++) {
    const before = Date.now();
    ids.push(await connectInbox(person));
    await new Promise<void>((resolve) => (Date.now() > before ? resolve() : setTimeout(resolve, 1)));
  }
  return ids;
}

describe('opening an inbox', () => {
  test('takes a token or a ticket, and stores it until it is disconnected', async () => {
    const anna = await newPerson();
    const { body } = await call(createTicket, anna);
    const ids = [await connectInbox(anna), await connectInbox({ token: '' }, { ticket: body.ticket })];
    expect(new Set(await idsOf(anna))).toEqual(new Set(ids));
    await expect(connectInbox({ token: '' }, { ticket: body.ticket })).rejects.toThrow('401');
    for (const id of ids) await invokeSocket(disconnectHandler, '$disconnect', id);
    expect(await idsOf(anna)).toEqual([]);
    expect((await invokeSocket(disconnectHandler, '$disconnect', ids[0] as string)).status).toBe(200);
  });

  test('is refused without a valid token or a session', async () => {
    const anna = await newPerson();
    const old = await signToken('access', { userId: anna.id, sessionId: anna.sessionId }, Date.now() - 3_700_000);
    const none = await signToken('access', { userId: anna.id, sessionId: randomUUID() });
    const tokens = ['', 'nonsense', anna.refreshToken, old, none];
    const statuses = await Promise.all(tokens.map((token) => statusOf({ inbox: '1', token })));
    expect(statuses).toEqual([401, 401, 401, 401, 401]);
    expect(await idsOf(anna)).toEqual([]);
  });

  test('is refused together with a chat, and by another value', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    expect(await statusOf({ inbox: '1', chatId, token: anna.token })).toBe(400);
    expect(await statusOf({ inbox: '0', token: anna.token })).toBe(400);
    expect(await listConnectionsOf(anna.id)).toEqual([]);
  });

  test('closes the oldest one of thirty', async () => {
    const anna = await newPerson();
    const ids = await openInboxes(anna, 30);
    const last = await connectInbox(anna);
    expect((await listInboxesOf(anna.id)).map(({ connectionId }) => connectionId)).toEqual([...ids.slice(1), last]);
    expect(ids.map((id) => standIn.closed(id))).toEqual([true, ...Array.from({ length: 29 }, () => false)]);
    expect(await getSocketUser(ids[0] as string)).toBeUndefined();
  });

  test('closes as many as are opened at once, the oldest ones', async () => {
    const anna = await newPerson();
    const ids = await openInboxes(anna, 30);
    const added = await Promise.all(Array.from({ length: 10 }, () => connectInbox(anna)));
    expect(ids.map((id) => standIn.closed(id))).toEqual(ids.map((_, n) => n < 10));
    expect(added.map((id) => standIn.closed(id))).toEqual(added.map(() => false));
    expect(new Set(await idsOf(anna))).toEqual(new Set([...ids.slice(10), ...added]));
  });
});

interface Ending {
  endpoint: Endpoint;
  request: (boris: Person) => RestInput;
  /** The operation that ends the session. */
  operation: string;
  /** Whether another session of the user asks for it. */
  byOther?: boolean;
}

const body = { currentPassword: password, newPassword: 'battery staple' };
const endings: [string, Ending][] = [
  ['logging out', { endpoint: logout, request: () => ({ body: {} }), operation: 'DeleteItem' }],
  [
    'ending a session',
    { endpoint: endSession, request: ({ sessionId }) => ({ params: { sessionId } }), operation: 'DeleteItem' },
  ],
  [
    'changing the password in another session',
    { endpoint: changePassword, request: () => ({ body }), operation: 'TransactWriteItems', byOther: true },
  ],
  // Nobody can open a socket once the deletion has begun.
  ['deleting the account', { endpoint: deleteMe, request: () => ({ body: { password } }), operation: '' }],
];

describe.each(endings)('%s', (_what, { endpoint, request, operation, byOther = false }) => {
  /** Boris, and what ends his session. */
  async function scene() {
    const boris = await newPerson();
    const another = byOther && (await call(login, undefined, { body: { email: boris.email, password } }));
    const token = another ? another.body.accessToken : boris.token;
    return { boris, end: () => call(endpoint, { token }, request(boris)) };
  }

  test('closes the inboxes of the session, and admits no other', async () => {
    const { boris, end } = await scene();
    const inbox = await connectInbox(boris);
    expect(await end()).toMatchObject({ status: 200 });
    expect(standIn.closed(inbox)).toBe(true);
    expect(await getSocketUser(inbox)).toBeUndefined();
    expect(await idsOf(boris)).toEqual([]);
    await expect(connectInbox(boris)).rejects.toThrow('401');
  });

  test('refuses an inbox whose session was live a moment ago', async () => {
    const { boris, end } = await scene();
    interceptNext('TransactWriteItems', async (_, go) => {
      await end();
      return go();
    });
    await expect(connectInbox(boris)).rejects.toThrow('401');
    expect(await idsOf(boris)).toEqual([]);
  });

  test.runIf(operation)('closes an inbox that is opened just before the session ends', async () => {
    const { boris, end } = await scene();
    let inbox = '';
    interceptNext(operation, async (_, go) => {
      inbox = await connectInbox(boris);
      return go();
    });
    expect(await end()).toMatchObject({ status: 200 });
    expect(standIn.closed(inbox)).toBe(true);
    expect(await idsOf(boris)).toEqual([]);
  });
});

test('an inbox of another session stays open', async () => {
  const boris = await newPerson();
  const { body } = await call(login, undefined, { body: { email: boris.email, password } });
  const [ended, other] = [await connectInbox(boris), await connectInbox({ token: body.accessToken })];
  await call(logout, boris, { body: {} });
  expect([standIn.closed(ended), standIn.closed(other)]).toEqual([true, false]);
  expect(await idsOf(boris)).toEqual([other]);
});

test('an inbox stays open when its user leaves a chat, or is blocked in one', async () => {
  const [anna, boris] = await Promise.all([newPerson('Anna'), newPerson('Boris')]);
  const [{ id: groupId }, directId] = [await newGroup(anna, boris), await newDirect(anna, boris)];
  const inbox = await connectInbox(boris);
  const inChats = [await connect(boris, groupId), await connect(boris, directId)];
  await call(removeMember, anna, { params: { groupId, userId: boris.id } });
  await call(blockUser, anna, { params: { userId: boris.id } });
  expect(inChats.map((id) => standIn.closed(id))).toEqual([true, true]);
  expect(standIn.closed(inbox)).toBe(false);
  expect(await idsOf(boris)).toEqual([inbox]);
});

test('a deleted account leaves nothing about its sockets behind', async () => {
  const anna = await newPerson();
  const inbox = await connectInbox(anna);
  await call(deleteMe, anna, { body: { password } });
  await invokeSocket(disconnectHandler, '$disconnect', inbox);
  expect(await getItem(process.env.CONNECTIONS_TABLE as string, connectionKeys.sockets(anna.id))).toBeUndefined();
});
