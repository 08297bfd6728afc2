import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { login } from '#shared/contract/auth/login.ts';
import { refresh } from '#shared/contract/auth/refresh.ts';
import { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { joinGroup } from '#shared/contract/groups/join-group.ts';
import { addReaction } from '#shared/contract/messages/add-reaction.ts';
import { deleteMessage } from '#shared/contract/messages/delete-message.ts';
import { editMessage } from '#shared/contract/messages/edit-message.ts';
import { exportMe } from '#shared/contract/users/export-me.ts';
import { getMe } from '#shared/contract/users/get-me.ts';
import { suspendUser, unsuspendUser } from '#shared/data/accounts/suspension.ts';
import { getUser } from '#shared/data/accounts/users.ts';
import type { Json } from '../../support/api-client.ts';
import { call } from '../../support/call.ts';
import { sent } from '../../support/changes.ts';
import { interceptNext } from '../../support/intercept-next.ts';
import { operate } from '../../support/operator.ts';
import {
  connect,
  connectInbox,
  newDirect,
  newGroup,
  newPerson,
  newPhone,
  newPhonePerson,
  password,
} from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';
import { found } from './found.ts';

const suspended = { status: 403, body: { code: 'suspended' } };
const reason = 'Harassment';

describe('an account', () => {
  test('is found by id, email and phone, and shown without what its user wrote', async () => {
    const anna = await newPerson('Anna');
    const chatId = await newDirect(anna, await newPerson());
    await sent(anna, chatId, 'a secret');
    const phone = newPhone();
    const boris = await newPhonePerson(phone);
    for (const who of [anna.id, anna.email, ` ${anna.email.toUpperCase()}`]) {
      const { status, body } = await operate('user', { who });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        user: { id: anna.id, name: 'Anna', email: anna.email },
        chats: 1,
        googleLinked: false,
      });
      expect(body.sessions).toHaveLength(1);
      expect(JSON.stringify(body)).not.toContain('secret');
    }
    expect((await operate('user', { who: phone })).body.user).toMatchObject({ id: boris.id, phone });
    const missing = { status: 404, body: { code: 'user_not_found' } };
    for (const who of ['nobody', 'nobody@example.com', newPhone()])
      expect(await operate('user', { who })).toMatchObject(missing);
    expect(await operate('suspend', { who: 'nobody', reason })).toMatchObject(missing);
  });
});

describe('an account', () => {
  test('that was erased meanwhile is neither suspended nor shown again', async () => {
    const id = randomUUID();
    expect(await suspendUser(id)).toBeUndefined();
    expect(await unsuspendUser(id)).toBeUndefined();
    expect(await getUser(id)).toBeUndefined();
  });
});

describe('a suspension', () => {
  test('ends sessions and sockets at once, and refuses to log in until it is lifted', async () => {
    const anna = await newPerson('Anna');
    const { id: chatId } = await newGroup(anna, await newPerson());
    const sockets = [await connect(anna, chatId), await connectInbox(anna)];
    const { status, body } = await operate('suspend', { who: anna.email, reason });
    expect(status).toBe(200);
    expect(body.user.suspendedAt).toBeDefined();
    for (const socket of sockets) expect(standIn.closed(socket)).toBe(true);
    expect(await call(getMe, anna)).toMatchObject({ status: 401, body: { code: 'session_ended' } });
    expect((await call(refresh, undefined, { body: { refreshToken: anna.refreshToken } })).status).toBe(401);
    const credentials = { email: anna.email, password };
    expect(await call(login, undefined, { body: credentials })).toMatchObject(suspended);
    expect(await call(login, undefined, { body: { ...credentials, password: 'wrong password' } })).toMatchObject({
      body: { code: 'wrong_credentials' },
    });
    expect((await operate('user', { who: anna.id })).body).toMatchObject({
      user: { suspendedAt: body.user.suspendedAt },
      sessions: [],
    });
    await operate('unsuspend', { who: anna.id, reason: 'Appeal' });
    expect((await call(login, undefined, { body: credentials })).status).toBe(200);
  });

  test('stops what an access token could still do', async () => {
    const [anna, boris] = [await newPerson('Anna'), await newPerson('Boris')];
    const { id: chatId } = await newGroup(anna, boris);
    const { inviteCode } = await newGroup(boris);
    const message = await sent(anna, chatId, 'hello');
    await operate('suspend', { who: anna.id, reason });
    const params = { chatId, messageId: message.id };
    expect(await call(sendMessage, anna, { params: { chatId }, body: { content: 'more' } })).toMatchObject(suspended);
    expect(await call(editMessage, anna, { params, body: { content: 'worse' } })).toMatchObject(suspended);
    expect(await call(addReaction, anna, { params: { ...params, emoji: '👍' } })).toMatchObject(suspended);
    expect(await call(deleteMessage, anna, { params, body: {} })).toMatchObject(suspended);
    expect((await call(joinGroup, anna, { body: { inviteCode } })).status).toBe(404);
  });

  test('comes before a login that has just checked the password', async () => {
    const anna = await newPerson('Anna');
    interceptNext('TransactWriteItems', async (_, go) => {
      await operate('suspend', { who: anna.id, reason });
      return go();
    });
    const body = { email: anna.email, password };
    expect((await call(login, undefined, { body })).status).toBe(401);
    expect((await operate('user', { who: anna.id })).body.sessions).toEqual([]);
  });
});

describe('on request, an account', () => {
  test('is exported in the pages that its user would get', async () => {
    const anna = await newPerson('Anna');
    const chatId = await newDirect(anna, await newPerson());
    await sent(anna, chatId, 'mine');
    const { body } = await operate('export', { who: anna.id, reason: 'Request of 2026-11-29' });
    expect(body).toEqual((await call(exportMe, anna)).body);
    expect(body.messages).toMatchObject([{ content: 'mine' }]);
    expect(await operate('export', { who: anna.id, reason, cursor: 'x' })).toMatchObject({
      body: { code: 'invalid_input' },
    });
  });

  test('is erased, and leaves its messages', async () => {
    const [anna, boris] = [await newPerson('Anna'), await newPerson('Boris')];
    const { id: chatId } = await newGroup(boris, anna);
    const message = await sent(anna, chatId, 'mine');
    await operate('suspend', { who: anna.id, reason });
    expect((await operate('erase', { who: anna.id, reason })).body).toEqual({ erased: true });
    expect(await operate('user', { who: anna.email })).toMatchObject({ status: 404 });
    expect(await found(boris, message)).toMatchObject({ content: 'mine' });
  });

  test('is erased with what its user has written, in chats that it has left too', async () => {
    const [anna, boris] = [await newPerson('Anna'), await newPerson('Boris')];
    const { id: chatId } = await newGroup(boris, anna);
    const message = await sent(anna, chatId, 'mine');
    await call(leaveChat, anna, { params: { chatId } });
    const { body } = await operate('erase', { who: anna.email, reason, messages: true });
    expect(body).toEqual({ erased: false, cursor: expect.any(String) });
    // The account is there, so that it can go on, and cannot be used.
    expect((await operate('user', { who: anna.id })).body.user.suspendedAt).toBeDefined();
    const again = { who: anna.email, reason, messages: true, cursor: body.cursor };
    expect((await operate('erase', again)).body).toEqual({ erased: true });
    const now: Json = await found(boris, message);
    expect(now).toMatchObject({ deletedBy: 'operator' });
    expect(now.content).not.toContain('mine');
  });
});
