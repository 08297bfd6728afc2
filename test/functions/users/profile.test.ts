import { describe, expect, test } from 'vitest';
import { login } from '#shared/contract/auth/login.ts';
import { exportMe } from '#shared/contract/users/export-me.ts';
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

  test('shows that its owner hides when they were last seen, there and in the export, until they show it again', async () => {
    const anna = await newPerson('Anna');
    const before = (await call(getMe, anna)).body;
    const hidden = { user: { ...before.user, showLastSeen: false } };
    expect((await call(updateMe, anna, { body: { showLastSeen: false } })).body).toEqual(hidden);
    expect((await call(getMe, anna)).body).toEqual(hidden);
    expect((await call(exportMe, anna)).body.user).toMatchObject(hidden.user);
    await call(updateMe, anna, { body: { name: 'Anna K.' } });
    expect((await call(getMe, anna)).body.user).toEqual({ ...hidden.user, name: 'Anna K.' });
    expect((await call(updateMe, anna, { body: { name: 'Anna', showLastSeen: true } })).body).toEqual(before);
  });

  test.each([
    [{}, 'nothing_given'],
    [{ showLastSeen: null }, 'nothing_given'],
    [{ showLastSeen: 'no' }, 'wrong_type'],
  ])('is not changed by %j', async (body, rule) => {
    const anna = await newPerson('Anna');
    const refused = { status: 400, body: { code: 'invalid_input', errors: [{ rule }] } };
    expect(await call(updateMe, anna, { body })).toMatchObject(refused);
  });

  test('takes the name from the request and ignores every other field', async () => {
    const anna = await newPerson('Anna');
    const more = { id: 'x', email: 'other@example.com', passwordHash: 'x', role: 'owner', phone: '+79991234567' };
    await call(updateMe, anna, { body: { name: 'Anna K.', ...more } });
    expect((await call(getMe, anna)).body.user).toEqual({ id: anna.id, email: anna.email, name: 'Anna K.' });
    expect((await call(login, undefined, { body: { email: anna.email, password } })).status).toBe(200);
  });
});
