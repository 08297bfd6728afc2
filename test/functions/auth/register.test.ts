import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { login } from '#shared/contract/auth/login.ts';
import { register } from '#shared/contract/auth/register.ts';
import { setRole } from '#shared/contract/groups/set-role.ts';
import { handler as loginHandler } from '../../../functions/auth/login.ts';
import { handler as registerHandler } from '../../../functions/auth/register.ts';
import { call } from '../../support/call.ts';
import { invoke } from '../../support/invoke.ts';
import { newPerson, password } from '../../support/people.ts';

const registerWith = (body: unknown) => invoke(registerHandler, register, { body });

const newEmail = () => `${randomUUID()}@example.com`;

describe('registering', () => {
  test('answers as specified, with the email trimmed and lower-cased', async () => {
    const email = newEmail();
    const { status, body } = await registerWith({ email: ` ${email.toUpperCase()} `, password, name: ' Anna ' });
    expect(status).toBe(200);
    expect(body).toEqual({
      user: { id: expect.any(String), email, name: 'Anna' },
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
    });
  });

  test('gives users without a name one that does not reveal their email', async () => {
    const { body } = await registerWith({ email: newEmail(), password });
    expect(body.user.name).toBe(`User ${body.user.id.slice(0, 4)}`);
  });

  test('lets exactly one of twenty concurrent registrations of an email succeed', async () => {
    const email = newEmail();
    const answers = await Promise.all(Array.from({ length: 20 }, () => registerWith({ email, password })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'email_taken')).toHaveLength(19);
    const winner = answers.find(({ status }) => status === 200);
    const { body } = await invoke(loginHandler, login, { body: { email, password } });
    expect(body.user.id).toBe(winner?.body.user.id);
  });

  test.each([
    ['no email', { password }, 'email'],
    ['an invalid email', { email: 'nobody', password }, 'email'],
    ['an email of 255 characters', { email: `${'a'.repeat(243)}@example.com`, password }, 'email'],
    ['a password of 7 characters', { email: 'a@b.co', password: '1234567' }, 'password'],
    ['a password of 7 characters in 14 bytes', { email: 'a@b.co', password: 'йцукеня' }, 'password'],
    ['a password of 73 bytes', { email: 'a@b.co', password: `${'я'.repeat(36)}x` }, 'password'],
    ['a password with NUL', { email: 'a@b.co', password: 'abcdefgh\0' }, 'password'],
    ['a name of spaces', { email: 'a@b.co', password, name: '   ' }, 'name'],
    ['an email with 65 characters before the @', { email: `${'a'.repeat(65)}@example.com`, password }, 'email'],
    ['a name that the app uses', { email: 'a@b.co', password, name: 'Deleted user' }, 'name'],
    ['such a name written otherwise', { email: 'a@b.co', password, name: 'ＡＳＳＩＳＴＡＮＴ\u200B' }, 'name'],
    ['a name that cannot be seen', { email: 'a@b.co', password, name: '\u200B\u2060' }, 'name'],
    ['a name with a line separator', { email: 'a@b.co', password, name: 'a\u2028b' }, 'name'],
    ['a name of 81 characters', { email: 'a@b.co', password, name: '👍'.repeat(81) }, 'name'],
    ['a name of the wrong type', { email: 'a@b.co', password, name: { first: 'A' } }, 'name'],
  ])('rejects %s and names the field', async (_what, body, path) => {
    const answer = await registerWith(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'invalid_input', errors: [{ path, message: expect.any(String) }] });
  });

  test('says that a field is missing', async () => {
    const { body } = await registerWith({ email: newEmail() });
    expect(body.errors).toEqual([{ path: 'password', message: 'is missing', rule: 'missing' }]);
  });

  test('accepts a password of 72 bytes, which does not match with one byte more or less', async () => {
    const email = newEmail();
    await registerWith({ email, password: 'x'.repeat(72) });
    expect((await invoke(loginHandler, login, { body: { email, password: 'x'.repeat(72) } })).status).toBe(200);
    expect((await invoke(loginHandler, login, { body: { email, password: 'x'.repeat(71) } })).status).toBe(401);
    expect((await invoke(loginHandler, login, { body: { email, password: 'x'.repeat(73) } })).status).toBe(401);
  });

  test('explains in plain words what is wrong with each field', async () => {
    const { body } = await call(login, undefined, { body: { phone: 79991234567, code: 1 } });
    const mustBeText = (path: string) => ({ path, message: 'must be text', rule: 'wrong_type' });
    expect(body.errors).toEqual([mustBeText('phone'), mustBeText('code')]);
    const group = await call(setRole, await newPerson(), { params: { groupId: 'x'.repeat(65), userId: '' }, body: {} });
    expect(group.body.errors).toEqual([
      { path: 'groupId', message: 'must have at most 64 characters', rule: 'too_long', limit: 64 },
      { path: 'userId', message: 'must have at least 1 character', rule: 'too_short', limit: 1 },
    ]);
  });

  test.each(['password1', 'QWERTYUIOP', '12345678'])('rejects the common password %s', async (common) => {
    const answer = await registerWith({ email: newEmail(), password: common });
    expect(answer).toMatchObject({ status: 422, body: { code: 'password_too_common' } });
  });

  test.each([
    ['text', 'hello'],
    ['half an object', '{"email":'],
  ])('rejects %s as malformed JSON', async (_what, body) => {
    const answer = await registerWith(body);
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('malformed_json');
  });

  test('treats a missing body as an empty one and names the missing fields', async () => {
    const { body } = await registerWith(undefined);
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(['email', 'password']);
  });

  test('rejects a body of more than 64 KB', async () => {
    const answer = await registerWith(JSON.stringify({ email: newEmail(), password, name: 'x'.repeat(70_000) }));
    expect(answer).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
  });
});
