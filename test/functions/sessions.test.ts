import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { changePassword } from '#shared/contract/auth/change-password.ts';
import { createTicket } from '#shared/contract/auth/create-ticket.ts';
import { endSession } from '#shared/contract/auth/end-session.ts';
import { listSessions } from '#shared/contract/auth/list-sessions.ts';
import { login } from '#shared/contract/auth/login.ts';
import { logout } from '#shared/contract/auth/logout.ts';
import { refresh } from '#shared/contract/auth/refresh.ts';
import { sendCode } from '#shared/contract/auth/send-code.ts';
import { listChats } from '#shared/contract/chats/list-chats.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { getMe } from '#shared/contract/users/get-me.ts';
import { signToken } from '#shared/tokens/sign.ts';
import { handler as connectHandler } from '../../functions/websocket/connect.ts';
import { call } from '../support/call.ts';
import { invokeSocket } from '../support/invoke.ts';
import {
  connect,
  connectionsIn,
  newDirect,
  newGroup,
  newPerson,
  newPhone,
  type Person,
  password,
} from '../support/people.ts';
import { aws } from '../support/stand-ins/aws.ts';
import { standIn } from '../support/stand-ins/connections.ts';

const renew = (refreshToken: string, rotate?: boolean) =>
  call(refresh, undefined, { body: { refreshToken, ...(rotate !== undefined && { rotate }) } });
const invalid = { status: 401, body: { code: 'token_invalid' } };
const ended = { status: 401, body: { code: 'session_ended' } };

/** Another login of the same person. */
async function logInAgain({ email }: Person, device?: string): Promise<{ token: string; refreshToken: string }> {
  const { body } = await call(login, undefined, { body: { email, password, ...(device && { device }) } });
  return { token: body.accessToken, refreshToken: body.refreshToken };
}

afterEach(() => void vi.useRealTimers());
/** Moves the clock forward; jose reads `new Date()`, too. */
const laterBy = (milliseconds: number) => vi.useFakeTimers({ now: Date.now() + milliseconds, toFake: ['Date'] });
const day = 24 * 3_600_000;

describe('refreshing', () => {
  test('returns a new access token and nothing else', async () => {
    const anna = await newPerson();
    const { status, body } = await renew(anna.refreshToken);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['accessToken']);
    expect((await call(listChats, { token: body.accessToken })).status).toBe(200);
  });

  test('rejects an access token, and endpoints reject a refresh token', async () => {
    const anna = await newPerson();
    expect(await renew(anna.token)).toMatchObject(invalid);
    expect(await call(listChats, { token: anna.refreshToken })).toMatchObject(invalid);
  });

  test('rejects a validly signed token without a session', async () => {
    const token = await signToken('refresh', { userId: randomUUID(), sessionId: randomUUID(), rotation: 0 });
    expect(await renew(token)).toMatchObject(invalid);
  });
});

describe('rotating the refresh token', () => {
  test('returns a new token, and the old one works until the new one is used', async () => {
    const anna = await newPerson();
    const { body } = await renew(anna.refreshToken, true);
    laterBy(day);
    expect((await renew(anna.refreshToken)).status).toBe(200);
    expect((await renew(body.refreshToken)).status).toBe(200);
    expect(await renew(anna.refreshToken)).toMatchObject(invalid);
  });

  test('can be retried when the answer was lost, and extends the session from then on', async () => {
    const anna = await newPerson();
    await renew(anna.refreshToken, true);
    laterBy(20 * day);
    const { body } = await renew(anna.refreshToken, true);
    laterBy(25 * day);
    expect((await renew(body.refreshToken)).status).toBe(200);
  });

  test('returns two valid tokens for two simultaneous requests', async () => {
    const anna = await newPerson();
    const [first, second] = await Promise.all([renew(anna.refreshToken, true), renew(anna.refreshToken, true)]);
    laterBy(3_600_000);
    expect((await renew(first.body.refreshToken)).status).toBe(200);
    expect((await renew(second.body.refreshToken)).status).toBe(200);
  });

  test('ends the session and closes its sockets when the old token is used after the new one', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const socket = await connect(anna, chatId);
    const { body } = await renew(anna.refreshToken, true);
    expect((await renew(body.refreshToken)).status).toBe(200);
    expect(await renew(anna.refreshToken)).toMatchObject(invalid);
    expect(await renew(body.refreshToken)).toMatchObject(invalid);
    expect(standIn.closed(socket)).toBe(true);
  });

  test('continues or ends the session for both tokens when the old and the new one are used at once', async () => {
    for (let round = 0; round < 5; round++) {
      const anna = await newPerson();
      const { body } = await renew(anna.refreshToken, true);
      const [old, next] = await Promise.all([renew(anna.refreshToken, true), renew(body.refreshToken, true)]);
      expect([200, 401]).toContain(old.status);
      const tokens = [old, next].filter(({ status }) => status === 200).map((answer) => answer.body.refreshToken);
      for (const token of tokens) expect((await renew(token)).status).toBe(old.status);
    }
  });

  test('ends the session when a token from two rotations ago is used', async () => {
    const anna = await newPerson();
    const { body: first } = await renew(anna.refreshToken, true);
    const { body: second } = await renew(first.refreshToken, true);
    expect(await renew(anna.refreshToken)).toMatchObject(invalid);
    expect(await renew(second.refreshToken)).toMatchObject(invalid);
  });

  test('keeps the session for another 30 days; an unrotated one ends after 30', async () => {
    const [anna, boris] = await Promise.all([newPerson(), newPerson()]);
    laterBy(20 * day);
    const { body } = await renew(anna.refreshToken, true);
    laterBy(11 * day);
    expect((await renew(boris.refreshToken)).body.code).toBe('token_expired');
    laterBy(14 * day);
    expect((await renew(body.refreshToken)).status).toBe(200);
  });
});

describe('sessions', () => {
  test('are listed with their devices, the current one marked', async () => {
    const anna = await newPerson();
    const phone = await logInAgain(anna, 'Pixel 9');
    await call(login, undefined, { body: { email: anna.email, password }, headers: { 'user-agent': 'Dart/3.9' } });
    const { body } = await call(listSessions, phone);
    const shown = body.sessions.map(({ device, current }: { device: string; current: boolean }) => [device, current]);
    expect(shown).toHaveLength(3);
    expect(shown).toEqual(
      expect.arrayContaining([
        ['Pixel 9', true],
        ['Dart/3.9', false],
        ['unknown', false],
      ]),
    );
  });

  test('show when they were last used', async () => {
    const anna = await newPerson();
    laterBy(5000);
    await renew(anna.refreshToken);
    const { body } = await call(listSessions, anna);
    const [session] = body.sessions;
    expect(Date.parse(session.lastUsedAt) - Date.parse(session.createdAt)).toBeGreaterThanOrEqual(5000);
  });

  test('can be ended one by one: an ended session cannot refresh, open sockets or call endpoints that check it', async () => {
    const anna = await newPerson();
    const other = await logInAgain(anna);
    const { id: chatId } = await newGroup(anna);
    const [annas, others] = await Promise.all([connect(anna, chatId), connect(other, chatId)]);
    expect((await call(endSession, other, { params: { sessionId: anna.sessionId } })).status).toBe(200);
    expect(await renew(anna.refreshToken)).toMatchObject(invalid);
    expect(await call(getMe, anna)).toMatchObject(ended);
    expect(standIn.closed(annas)).toBe(true);
    expect(standIn.closed(others)).toBe(false);
    expect((await connectionsIn(chatId)).map(({ connectionId }) => connectionId)).toEqual([others]);
    await expect(connect(anna, chatId)).rejects.toThrow('401');
    expect((await call(getMe, other)).status).toBe(200);
  });

  test('cannot be ended by another user', async () => {
    const [anna, eve] = await Promise.all([newPerson(), newPerson()]);
    const answer = await call(endSession, eve, { params: { sessionId: anna.sessionId } });
    expect(answer).toMatchObject({ status: 404, body: { code: 'session_not_found' } });
    expect((await call(getMe, anna)).status).toBe(200);
  });

  test('end on logout: the current one, or all of them', async () => {
    const anna = await newPerson();
    const [second, third] = [await logInAgain(anna), await logInAgain(anna)];
    expect((await call(logout, anna)).status).toBe(200);
    expect(await call(getMe, anna)).toMatchObject(ended);
    expect((await call(getMe, second)).status).toBe(200);
    expect((await call(logout, second, { body: { everywhere: true } })).status).toBe(200);
    expect(await call(getMe, third)).toMatchObject(ended);
    expect(await renew(third.refreshToken)).toMatchObject(invalid);
  });
});

describe('changing the password', () => {
  const change = (person: { token: string }, currentPassword: string, newPassword: string) =>
    call(changePassword, person, { body: { currentPassword, newPassword } });

  test('ends all other sessions and keeps the current one', async () => {
    const anna = await newPerson();
    const other = await logInAgain(anna);
    const { id: chatId } = await newGroup(anna);
    const [annas, others] = await Promise.all([connect(anna, chatId), connect(other, chatId)]);
    expect((await change(anna, password, 'battery staple')).status).toBe(200);
    expect((await call(getMe, anna)).status).toBe(200);
    expect(await call(getMe, other)).toMatchObject(ended);
    expect([standIn.closed(annas), standIn.closed(others)]).toEqual([false, true]);
    const loginWith = (tried: string) => call(login, undefined, { body: { email: anna.email, password: tried } });
    expect((await loginWith(password)).status).toBe(401);
    expect((await loginWith('battery staple')).status).toBe(200);
  });

  test('rejects a wrong password, and after ten attempts the right one too', async () => {
    const anna = await newPerson();
    for (let n = 0; n < 10; n++) {
      expect(await change(anna, 'wrong horse', 'battery staple')).toMatchObject({
        status: 401,
        body: { code: 'wrong_credentials' },
      });
    }
    expect((await change(anna, password, 'battery staple')).status).toBe(429);
  });

  test('rejects a common password', async () => {
    const answer = await change(await newPerson(), password, 'iloveyou');
    expect(answer).toMatchObject({ status: 422, body: { code: 'password_too_common' } });
  });

  test('succeeds once for two simultaneous requests with the same old password', async () => {
    const anna = await newPerson();
    const answers = await Promise.all([
      change(anna, password, 'battery staple'),
      change(anna, password, 'stapled battery'),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('accepts a one-time code instead of a forgotten password', async () => {
    const phone = newPhone();
    const anna = await newPerson('Anna', { phone });
    await call(sendCode, undefined, { body: { phone } });
    const body = { code: aws.codeTo(phone), newPassword: 'battery staple' };
    expect(await call(changePassword, anna, { body: { newPassword: 'battery staple' } })).toMatchObject({
      status: 422,
      body: { code: 'proof_missing' },
    });
    expect((await call(changePassword, anna, { body })).status).toBe(200);
    const loggedIn = await call(login, undefined, { body: { email: anna.email, password: 'battery staple' } });
    expect(loggedIn.status).toBe(200);
    expect(await call(changePassword, anna, { body })).toMatchObject({ body: { code: 'wrong_code' } });
  });
});

describe('a ticket', () => {
  const open = (chatId: string, ticket: string) =>
    invokeSocket(connectHandler, '$connect', `${randomUUID()}=`, { query: { chatId, ticket } });

  test('opens one socket', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const { body } = await call(createTicket, anna);
    expect(body).toEqual({ ticket: expect.any(String), expiresIn: 60 });
    const answers = await Promise.all([open(chatId, body.ticket), open(chatId, body.ticket)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(await connectionsIn(chatId)).toHaveLength(1);
  });

  test('expires after a minute, and a made-up ticket is rejected', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const { body } = await call(createTicket, anna);
    laterBy(61_000);
    expect((await open(chatId, body.ticket)).body.code).toBe('token_invalid');
    expect((await open(chatId, 'made-up')).status).toBe(401);
  });

  test('is refused for a chat that would refuse the handshake, with the same reason', async () => {
    const [anna, boris, eve] = await Promise.all([newPerson(), newPerson(), newPerson()]);
    const chatId = await newDirect(anna, boris);
    const ticketFor = (person: Person) => call(createTicket, person, { body: { chatId } });
    expect((await open(chatId, (await ticketFor(boris)).body.ticket)).status).toBe(200);
    expect(await ticketFor(eve)).toMatchObject({ status: 403, body: { code: 'not_a_participant' } });
    await call(blockUser, anna, { params: { userId: boris.id } });
    expect(await ticketFor(boris)).toMatchObject({ status: 403, body: { code: 'blocked' } });
    expect((await call(createTicket, boris)).status).toBe(200);
  });

  test('opens no chat that its owner may not open, and none after logout', async () => {
    const [anna, eve] = await Promise.all([newPerson(), newPerson()]);
    const { id: chatId } = await newGroup(anna);
    const { body: eves } = await call(createTicket, eve);
    expect((await open(chatId, eves.ticket)).body.code).toBe('not_a_participant');
    const { body: annas } = await call(createTicket, anna);
    await call(logout, anna, { body: {} });
    expect((await open(chatId, annas.ticket)).body.code).toBe('session_ended');
  });
});
