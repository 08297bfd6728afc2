import { describe, expect, test } from 'vitest';
import { login } from '#shared/contract/auth/login.ts';
import { getMe } from '#shared/contract/users/get-me.ts';
import { updateMe } from '#shared/contract/users/update-me.ts';
import { call } from '../../support/call.ts';
import { newPerson, password } from '../../support/people.ts';

describe('the profile', () => {
  test('shows id, email and name, and the name can be changed', async () => {
    const anna = await newPerson('Anna');
    expect((await call(getMe, anna)).body).toEqual({ user: { id: anna.id, email: anna.email, name: 'Anna' } });
    const { body } = await call(updateMe, anna, { body: { name: ' Anna K. ' } });
    expect(body).toEqual({ user: { id: anna.id, email: anna.email, name: 'Anna K.' } });
    expect((await call(getMe, anna)).body).toEqual(body);
  });

  test('stays as it is with the name that it has', async () => {
    const anna = await newPerson('Anna');
    const before = (await call(getMe, anna)).body;
    expect(await call(updateMe, anna, { body: { name: ' Anna ' } })).toMatchObject({ status: 200, body: before });
    expect((await call(getMe, anna)).body).toEqual(before);
  });

  test('takes the name from the request and ignores every other field', async () => {
    const anna = await newPerson('Anna');
    const more = { id: 'x', email: 'other@example.com', passwordHash: 'x', role: 'owner', phone: '+79991234567' };
    await call(updateMe, anna, { body: { name: 'Anna K.', ...more } });
    expect((await call(getMe, anna)).body.user).toEqual({ id: anna.id, email: anna.email, name: 'Anna K.' });
    expect((await call(login, undefined, { body: { email: anna.email, password } })).status).toBe(200);
  });
});
