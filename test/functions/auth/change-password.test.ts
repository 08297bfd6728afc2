import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { changePassword } from '#shared/contract/auth/change-password.ts';
import { listSessions } from '#shared/contract/auth/list-sessions.ts';
import { login } from '#shared/contract/auth/login.ts';
import { sendCode } from '#shared/contract/auth/send-code.ts';
import { getMe } from '#shared/contract/users/get-me.ts';
import { type Session, sessionPut } from '#shared/data/accounts/sessions.ts';
import { writeTogether } from '#shared/data/write.ts';
import { inBatches } from '#shared/platform/lists.ts';
import { signToken } from '#shared/tokens/sign.ts';
import { call } from '../../support/call.ts';
import { countOperations } from '../../support/count-operations.ts';
import { connect, newGroup, newPerson, newPhone, password } from '../../support/people.ts';
import { aws } from '../../support/stand-ins/aws.ts';
import { standIn } from '../../support/stand-ins/connections.ts';
import { ended, invalid, logInAgain, renew } from './logins.ts';

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

  test('ends any number of sessions with one write, and none of them comes back', async () => {
    const anna = await newPerson();
    const [first, ...others] = Array.from({ length: 2000 }, (): Session => {
      const at = new Date().toISOString();
      const expiresAt = Math.floor(Date.now() / 1000) + 3600;
      const ids = { id: randomUUID(), userId: anna.id, device: 'x' };
      return { ...ids, createdAt: at, lastUsedAt: at, rotation: 0, expiresAt, generation: 0 };
    }) as [Session, ...Session[]];
    await Promise.all(inBatches([first, ...others], 100).map((some) => writeTogether(some.map(sessionPut))));
    const { operations } = await countOperations(() => change(anna, password, 'battery staple'));
    expect(operations.filter((name) => /Write|Put|Delete/.test(name))).toEqual(['TransactWriteItems']);
    const claims = { userId: anna.id, sessionId: first.id };
    expect(await call(getMe, { token: await signToken('access', claims) })).toMatchObject(ended);
    expect(await renew(await signToken('refresh', { ...claims, rotation: 0 }))).toMatchObject(invalid);
    const { id: chatId } = await newGroup(anna);
    await expect(connect({ token: await signToken('access', claims) }, chatId)).rejects.toThrow('401');
    expect((await call(listSessions, anna)).body.sessions).toMatchObject([{ id: anna.sessionId, current: true }]);
    expect((await renew(anna.refreshToken)).status).toBe(200);
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
