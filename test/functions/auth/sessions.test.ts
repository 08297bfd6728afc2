import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { endSession } from '#shared/contract/auth/end-session.ts';
import { listSessions } from '#shared/contract/auth/list-sessions.ts';
import { login } from '#shared/contract/auth/login.ts';
import { logout } from '#shared/contract/auth/logout.ts';
import { getMe } from '#shared/contract/users/get-me.ts';
import { maxSessions, type Session, sessionPut } from '#shared/data/accounts/sessions.ts';
import { writeTogether } from '#shared/data/write.ts';
import { signToken } from '#shared/tokens/sign.ts';
import { call } from '../../support/call.ts';
import { connect, connectionsIn, newGroup, newPerson, type Person, password } from '../../support/people.ts';
import { standIn } from '../../support/stand-ins/connections.ts';
import { ended, invalid, laterBy, logInAgain, renew } from './logins.ts';

afterEach(() => void vi.useRealTimers());

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
        ['Unknown device', false],
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

  test('are a hundred at most: the next one ends the least recently used, and closes its sockets', async () => {
    const anna = await newPerson();
    const { id: chatId } = await newGroup(anna);
    const sessions = Array.from({ length: maxSessions - 1 }, (_, n) => sessionOf(anna, n + 1));
    await writeTogether(sessions.map(sessionPut));
    await call(getMe, anna);
    const stale = sessions[0] as Session;
    const token = await signToken('access', { userId: anna.id, sessionId: stale.id });
    const [used, unused] = [await connect(anna, chatId), await connect({ token }, chatId)];
    expect((await logInAgain(anna)).token).toEqual(expect.any(String));
    const left = (await call(listSessions, anna)).body.sessions.map(({ id }: { id: string }) => id);
    expect(left).toHaveLength(maxSessions);
    expect(left).not.toContain(stale.id);
    expect([standIn.closed(used), standIn.closed(unused)]).toEqual([false, true]);
    expect(await call(getMe, { token })).toMatchObject(ended);
  });

  test('that have ended go first, even if somebody keeps trying their tokens', async () => {
    const anna = await newPerson();
    const sessions = Array.from({ length: maxSessions }, (_, n) => sessionOf(anna, n + 1));
    await writeTogether(sessions.slice(1).map(sessionPut));
    await call(logout, anna, { body: { everywhere: true } });
    const owner = await logInAgain(anna);
    // As if each of their tokens had been tried after that.
    const lastUsedAt = new Date(Date.now() + 500).toISOString();
    await writeTogether(sessions.slice(1).map((session) => sessionPut({ ...session, lastUsedAt })));
    laterBy(1000);
    expect(await renew(anna.refreshToken)).toMatchObject(invalid);
    await logInAgain(anna);
    expect((await call(getMe, owner)).status).toBe(200);
  });

  test('stay a hundred at most when many logins come at once', async () => {
    const anna = await newPerson();
    await writeTogether(Array.from({ length: maxSessions - 2 }, (_, n) => sessionPut(sessionOf(anna, n + 1))));
    await Promise.all(Array.from({ length: 5 }, () => logInAgain(anna)));
    expect((await call(listSessions, anna)).body.sessions).toHaveLength(maxSessions);
  });
});

/** A session of the person, the later used the higher its rank. */
function sessionOf({ id: userId }: Person, rank: number): Session {
  const lastUsedAt = new Date(Date.now() - (maxSessions - rank) * 1000 - 1000).toISOString();
  const expiresAt = Math.floor(Date.now() / 1000) + 3600;
  const id = randomUUID();
  return { id, userId, device: 'x', createdAt: lastUsedAt, lastUsedAt, rotation: 0, expiresAt, generation: 0 };
}
