import { randomUUID } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { linkPhone } from '#shared/contract/users/link-phone.ts';
import { call } from '../../support/call.ts';
import { forgetLastMinute } from '../../support/limits.ts';
import { codeFor, logIn, requestCode } from '../../support/one-time-codes.ts';
import { newPerson, newPhone, password } from '../../support/people.ts';
import { aws } from '../../support/stand-ins/aws.ts';

const otherCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('logging in by phone', () => {
  test('creates a user for a new phone and finds the same user later', async () => {
    const phone = newPhone();
    const first = await logIn(phone, await codeFor(phone));
    expect(first.status).toBe(200);
    expect(first.body).toEqual({
      user: { id: expect.any(String), email: '', phone, name: `User ${first.body.user.id.slice(0, 4)}` },
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
    });
    await forgetLastMinute(phone);
    const second = await logIn(phone, await codeFor(phone));
    expect(second.body.user).toEqual(first.body.user);
  });

  test('accepts a number with spaces, brackets and dashes', async () => {
    const phone = newPhone();
    const written = `${phone.slice(0, 2)} (${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8)}`;
    expect((await requestCode(` ${written} `)).status).toBe(200);
    expect((await logIn(written, aws.codeTo(phone))).body.user.phone).toBe(phone);
  });

  test('gives the same answer for a phone with an account and one without', async () => {
    const [known, unknown] = [newPhone(), newPhone()];
    await newPerson('Anna', { phone: known });
    const answers = await Promise.all([requestCode(known), requestCode(unknown)]);
    for (const { headers } of answers) delete headers['x-request-id'];
    expect(answers[0]).toEqual(answers[1]);
  });

  test('logs in to the account that the phone is linked to', async () => {
    const phone = newPhone();
    const anna = await newPerson();
    const code = await codeFor(phone);
    await call(linkPhone, anna, { body: { phone, code, password } });
    await forgetLastMinute(phone);
    expect((await logIn(phone, await codeFor(phone))).body.user.id).toBe(anna.id);
  });
});

describe('a one-time code', () => {
  test('can be used once: of five simultaneous logins one succeeds', async () => {
    const phone = newPhone();
    const code = await codeFor(phone);
    // A code allows five attempts.
    const answers = await Promise.all(Array.from({ length: 5 }, () => logIn(phone, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await logIn(phone, code)).toMatchObject({ status: 401, body: { code: 'wrong_code' } });
  });

  test('becomes invalid after five wrong attempts', async () => {
    const phone = newPhone();
    const code = await codeFor(phone);
    for (let n = 0; n < 5; n++) {
      expect(await logIn(phone, otherCode(code))).toMatchObject({ status: 401, body: { code: 'wrong_code' } });
    }
    expect((await logIn(phone, code)).status).toBe(401);
  });

  test('still logs in when strangers have guessed before and after it was sent', async () => {
    const phone = newPhone();
    const home = '203.0.113.7';
    expect((await logIn(phone, await codeFor(phone), home)).status).toBe(200);
    await forgetLastMinute(phone);
    for (let n = 0; n < 12; n++) expect((await logIn(phone, '000000')).status).toBe(401);
    const code = await codeFor(phone);
    for (let n = 0; n < 12; n++) expect((await logIn(phone, otherCode(code))).status).toBe(401);
    expect((await logIn(phone, code, '203.0.113.200')).status).toBe(200);
  });

  test('is refused to an address after ten wrong ones, and not to others', async () => {
    const phone = newPhone();
    const eve = randomUUID();
    for (let n = 0; n < 10; n++) expect((await logIn(phone, '000000', eve)).status).toBe(401);
    expect(await logIn(phone, '000000', eve)).toMatchObject({ status: 429 });
    expect((await logIn(phone, await codeFor(phone))).status).toBe(200);
  });

  test('becomes invalid when a newer one is sent', async () => {
    const phone = newPhone();
    const old = await codeFor(phone);
    await forgetLastMinute(phone);
    const code = await codeFor(phone);
    if (old !== code) expect((await logIn(phone, old)).status).toBe(401);
    expect((await logIn(phone, code)).status).toBe(200);
  });

  test('expires after five minutes', async () => {
    const phone = newPhone();
    const code = await codeFor(phone);
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 301_000);
    expect((await logIn(phone, code)).status).toBe(401);
    vi.restoreAllMocks();
    expect((await logIn(phone, code)).status).toBe(200);
  });

  test('works only for the phone it was sent to', async () => {
    const [mine, other] = [newPhone(), newPhone()];
    const code = await codeFor(mine);
    await codeFor(other);
    if (aws.codeTo(other) !== code) expect((await logIn(other, code)).status).toBe(401);
  });

  test.each(['12345', '1234567', 'abcdef', ''])('cannot be "%s"', async (code) => {
    expect(await logIn(newPhone(), code)).toMatchObject({
      status: 400,
      body: { code: 'invalid_input', errors: [{ path: 'code' }] },
    });
  });
});
