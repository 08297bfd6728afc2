import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { login } from '#shared/contract/auth/login.ts';
import { sendCode } from '#shared/contract/auth/send-code.ts';
import { findUsers } from '#shared/contract/users/find-users.ts';
import { getMe } from '#shared/contract/users/get-me.ts';
import { linkEmail } from '#shared/contract/users/link-email.ts';
import { linkPhone } from '#shared/contract/users/link-phone.ts';
import { call } from '../../support/call.ts';
import { newPerson, newPhone, newPhonePerson, password } from '../../support/people.ts';
import { aws } from '../../support/stand-ins/aws.ts';

async function codeFor(phone: string): Promise<string> {
  await call(sendCode, undefined, { body: { phone } });
  return aws.codeTo(phone);
}

describe('linking a phone', () => {
  test('requires a one-time code and the account’s password', async () => {
    const anna = await newPerson();
    const phone = newPhone();
    const code = await codeFor(phone);
    expect(await call(linkPhone, anna, { body: { phone, code } })).toMatchObject({
      status: 422,
      body: { code: 'proof_missing' },
    });
    expect(await call(linkPhone, anna, { body: { phone, code, password: 'wrong horse' } })).toMatchObject({
      status: 401,
      body: { code: 'wrong_credentials' },
    });
    const { body } = await call(linkPhone, anna, { body: { phone, code, password } });
    expect(body.user).toEqual({ id: anna.id, email: anna.email, name: 'Anna', phone });
    expect((await call(getMe, anna)).body).toEqual(body);
  });

  test('rejects a phone of another account, and a wrong one-time code', async () => {
    const [anna, phone] = [await newPerson(), newPhone()];
    await newPhonePerson(phone);
    const code = await codeFor(phone);
    const wrong = code === '000000' ? '000001' : '000000';
    expect(await call(linkPhone, anna, { body: { phone, code: wrong, password } })).toMatchObject({
      body: { code: 'wrong_code' },
    });
    expect(await call(linkPhone, anna, { body: { phone, code, password } })).toMatchObject({
      status: 409,
      body: { code: 'phone_taken' },
    });
    expect((await call(getMe, anna)).body.user.phone).toBeUndefined();
  });

  test('replaces and frees the old phone; without a password it requires a one-time code sent to the old phone', async () => {
    const [old, next] = [newPhone(), newPhone()];
    const anna = await newPhonePerson(old);
    const code = await codeFor(next);
    expect(await call(linkPhone, anna, { body: { phone: next, code } })).toMatchObject({
      body: { code: 'proof_missing' },
    });
    const currentCode = await codeFor(old);
    expect((await call(linkPhone, anna, { body: { phone: next, code, currentCode } })).body.user.phone).toBe(next);
    const boris = await newPerson();
    const found = await call(findUsers, boris, { body: { phones: [old, next] } });
    expect(found.body.users).toEqual([{ id: anna.id, name: 'Phone', phone: next, entry: next }]);
  });
});

describe('linking an email', () => {
  test('requires a one-time code from an account with a phone, and sets its password', async () => {
    const phone = newPhone();
    const anna = await newPhonePerson(phone);
    const email = `${randomUUID()}@example.com`;
    const link = (body: object) => call(linkEmail, anna, { body: { email, password: 'battery staple', ...body } });
    expect(await link({})).toMatchObject({ status: 422, body: { code: 'proof_missing' } });
    const code = await codeFor(phone);
    expect(await link({ code, password: 'password1' })).toMatchObject({ body: { code: 'password_too_common' } });
    expect((await link({ code })).body.user).toMatchObject({ id: anna.id, email, phone });
    const loggedIn = await call(login, undefined, { body: { email, password: 'battery staple' } });
    expect(loggedIn.body.user.id).toBe(anna.id);
  });

  test('requires the password to replace an email, and frees the old one', async () => {
    const anna = await newPerson();
    const email = `${randomUUID()}@example.com`;
    expect(await call(linkEmail, anna, { body: { email, password: 'wrong horse' } })).toMatchObject({ status: 401 });
    expect((await call(linkEmail, anna, { body: { email, password } })).body.user.email).toBe(email);
    expect((await call(login, undefined, { body: { email, password } })).status).toBe(200);
    expect((await call(login, undefined, { body: { email: anna.email, password } })).status).toBe(401);
  });

  test('rejects an email of another account, and links a free one once for two simultaneous requests', async () => {
    const [anna, boris, vera] = await Promise.all([newPerson(), newPerson(), newPerson()]);
    const taken = await call(linkEmail, anna, { body: { email: boris.email, password } });
    expect(taken).toMatchObject({ status: 409, body: { code: 'email_taken' } });
    const email = `${randomUUID()}@example.com`;
    const answers = await Promise.all(
      [anna, vera].map((person) => call(linkEmail, person, { body: { email, password } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('keeps one of two emails linked at once, and frees the other', async () => {
    const anna = await newPerson();
    const emails = [`${randomUUID()}@example.com`, `${randomUUID()}@example.com`];
    await Promise.all(emails.map((email) => call(linkEmail, anna, { body: { email, password } })));
    const { body } = await call(findUsers, await newPerson(), { body: { emails: [...emails, anna.email] } });
    const mine = (await call(getMe, anna)).body.user.email;
    expect(body.users).toEqual([{ id: anna.id, name: 'Anna', email: mine, entry: mine }]);
  });
});
