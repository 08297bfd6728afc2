import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { login } from '#shared/contract/auth/login.ts';
import { register } from '#shared/contract/auth/register.ts';
import { exportMe } from '#shared/contract/users/export-me.ts';
import { findUsers } from '#shared/contract/users/find-users.ts';
import { getMe } from '#shared/contract/users/get-me.ts';
import { linkEmail } from '#shared/contract/users/link-email.ts';
import { call } from '../../support/call.ts';
import { newPerson, password } from '../../support/people.ts';

const registerWith = (email: string) => call(register, undefined, { body: { email, password } });

test('an internationalized email is one account, however it is written, and is shown in Unicode', async () => {
  const name = randomUUID();
  const shown = `${name}@пример.рф`;
  const forms = [`${name}@ПРИМЕР.РФ`, `${name.toUpperCase()}@xn--e1afmkfd.xn--p1ai`, `\u200E${shown}.`];
  const registered = await registerWith(forms[0] ?? '');
  expect(registered).toMatchObject({ status: 200, body: { user: { email: shown } } });
  const { user, accessToken } = registered.body;
  for (const email of forms) {
    expect(await registerWith(email)).toMatchObject({ status: 409, body: { code: 'email_taken' } });
    const loggedIn = await call(login, undefined, { body: { email, password } });
    expect(loggedIn).toMatchObject({ status: 200, body: { user: { id: user.id, email: shown } } });
    const found = await call(findUsers, await newPerson(), { body: { emails: [email] } });
    expect(found.body.users).toEqual([{ id: user.id, name: user.name, email: shown, entry: email }]);
  }
  const token = accessToken;
  expect((await call(getMe, { token })).body.user.email).toBe(shown);
  expect((await call(exportMe, { token })).body.user.email).toBe(shown);
  const other = `${randomUUID()}@例え.jp`;
  const linked = await call(linkEmail, { token }, { body: { email: other, password } });
  expect(linked).toMatchObject({ status: 200, body: { user: { email: other } } });
});

test('a letter that folds into an ASCII letter makes no second account', async () => {
  const name = randomUUID();
  for (const email of [`${name}k@example.com`, `${name}s@example.com`]) await registerWith(email);
  for (const email of [`${name}\u212A@example.com`, `${name}\u017F@example.com`, `${name}ｋ@example.com`])
    expect(await registerWith(email)).toMatchObject({ status: 400, body: { errors: [{ rule: 'email_local_part' }] } });
});
