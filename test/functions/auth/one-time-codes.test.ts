import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { login } from '#shared/contract/auth/login.ts';
import { sendCode } from '#shared/contract/auth/send-code.ts';
import { linkPhone } from '#shared/contract/users/link-phone.ts';
import { settings } from '#shared/platform/settings.ts';
import { call } from '../../support/call.ts';
import { countApart, countTogether, forgetLastMinute } from '../../support/limits.ts';
import { linesOf } from '../../support/log-lines.ts';
import { newPerson, newPhone, password } from '../../support/people.ts';
import { aws } from '../../support/stand-ins/aws.ts';

const requestCode = (phone: string, ip?: string) => call(sendCode, undefined, { body: { phone }, ...(ip && { ip }) });
const logIn = (phone: string, code: string, ip?: string) =>
  call(login, undefined, { body: { phone, code }, ...(ip && { ip }) });
const otherCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

async function codeFor(phone: string): Promise<string> {
  expect(await requestCode(phone)).toMatchObject({ status: 200, body: { expiresIn: 300, retryAfter: 60 } });
  return aws.codeTo(phone);
}

describe('logging in by phone', () => {
  test('creates a user for a new phone and finds the same user later', async () => {
    const phone = newPhone();
    const first = await logIn(phone, await codeFor(phone));
    expect(first.status).toBe(200);
    expect(first.body).toEqual({
      user: { id: expect.any(String), phone, name: `User ${first.body.user.id.slice(0, 4)}` },
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

describe('requesting a one-time code', () => {
  afterEach(() => aws.fail(undefined));

  test('is limited to once a minute and five times an hour per phone, and five times a day for an address', async () => {
    const phone = newPhone();
    const ip = randomUUID();
    for (let n = 1; n <= 5; n++) {
      expect((await requestCode(phone, ip)).status).toBe(200);
      const repeated = await requestCode(phone, ip);
      expect(repeated).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
      expect(Number(repeated.headers['retry-after'])).toBeGreaterThan(50);
      await forgetLastMinute(phone);
    }
    const sixth = await requestCode(phone, ip);
    expect(sixth.status).toBe(429);
    expect(Number(sixth.headers['retry-after'])).toBeGreaterThan(23 * 3600);
    await forgetLastMinute(phone);
    const fromElsewhere = await requestCode(phone);
    expect(fromElsewhere.status).toBe(429);
    expect(Number(fromElsewhere.headers['retry-after'])).toBeLessThanOrEqual(3600);
    expect(aws.countTo(phone)).toBe(5);
  });

  test('is not limited for the owner, where they have logged in before, by what strangers have requested', async () => {
    const phone = newPhone();
    expect((await logIn(phone, await codeFor(phone), '203.0.113.7')).status).toBe(200);
    for (let n = 1; n <= 5; n++) {
      await forgetLastMinute(phone);
      await requestCode(phone);
    }
    await forgetLastMinute(phone);
    expect((await requestCode(phone)).status).toBe(429);
    expect((await requestCode(phone, '203.0.113.8')).status).toBe(200);
  });

  test('sends one text message for twenty simultaneous requests', async () => {
    const phone = newPhone();
    const answers = await Promise.all(Array.from({ length: 20 }, () => requestCode(phone)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(aws.countTo(phone)).toBe(1);
  });

  test('is limited to twenty times an hour per address', async () => {
    const ip = `ip ${newPhone()}`;
    for (let n = 0; n < 20; n++) expect((await requestCode(newPhone(), ip)).status).toBe(200);
    expect((await requestCode(newPhone(), ip)).status).toBe(429);
  });

  test('is limited to sixty an hour per network: a household or server with many addresses', async () => {
    const prefix = `2001:db8:${Math.floor(Math.random() * 65_536).toString(16)}`;
    const answers = [];
    for (let n = 0; n < 62; n++) answers.push(await requestCode(newPhone(), `${prefix}:${n.toString(16)}::1`));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(60);
  });

  test('leaves codes for the next hour and the next day when somebody uses up all they can', async () => {
    const { hourlyTextMessages, dailyTextMessages, monthlyTextMessages } = settings.limit;
    expect(hourlyTextMessages() * 20).toBe(monthlyTextMessages());
    expect(dailyTextMessages() * 5).toBe(monthlyTextMessages());
    const stack = sendCode.limits.filter(({ per }) => per === 'stack');
    expect(stack.map(({ allow, within }) => [allow, within / 3600])).toEqual([
      ['hourlyTextMessages', 1],
      ['dailyTextMessages', 24],
      ['monthlyTextMessages', 720],
    ]);
  });

  test('is refused for a country that is not served, and sends nothing', async () => {
    const answer = await requestCode('+12025550123');
    expect(answer).toMatchObject({ status: 422, body: { code: 'country_not_served' } });
    expect(aws.countTo('+12025550123')).toBe(0);
  });

  test('is refused for everyone once the stack has reached its monthly cap', async () => {
    const cap = process.env.SMS_MONTHLY_CAP as string;
    process.env.SMS_MONTHLY_CAP = '0';
    const phone = newPhone();
    const answer = await requestCode(phone);
    process.env.SMS_MONTHLY_CAP = cap;
    expect(answer).toMatchObject({ status: 429 });
    expect(aws.countTo(phone)).toBe(0);
  });

  test.each([
    '79991234567',
    '+7',
    '+7 999 123-45',
    '+44 (0)7911 123456',
    '+7999123456789012345',
    '+999123456789',
    'hello',
  ])('is refused for the invalid number %s', async (phone) => {
    expect(await requestCode(phone)).toMatchObject({
      status: 400,
      body: { code: 'invalid_input', errors: [{ path: 'phone' }] },
    });
  });

  test.each([
    [500, 'InternalServerException', undefined],
    [402, 'ServiceQuotaExceededException', undefined],
    [400, 'ValidationException', 'INVALID_PARAMETER'],
    [409, 'ConflictException', 'NO_ORIGINATION_IDENTITIES_FOUND'],
    [409, 'ConflictException', 'DESTINATION_PHONE_NUMBER_NOT_VERIFIED'],
    [409, 'ConflictException', undefined],
  ])('answers 503 when the text message fails: %i %s %s', async (status, type, reason) => {
    aws.fail(status, type, reason);
    const phone = newPhone();
    const lines = await linesOf(async () =>
      expect(await requestCode(phone)).toMatchObject({ status: 503, body: { code: 'unavailable' } }),
    );
    const message = `No text message could be sent: ${type}${reason ? ` ${reason}` : ''}`;
    expect(lines).toMatchObject([{ level: 'error', CodesFailed: 1, error: { message } }]);
    expect(JSON.stringify(lines)).not.toContain(phone);
  });

  describe('with a single code left in this hour', () => {
    const cap = process.env.SMS_MONTHLY_CAP;
    beforeEach(() => {
      countApart();
      process.env.SMS_MONTHLY_CAP = '20';
    });
    afterEach(() => {
      countTogether();
      process.env.SMS_MONTHLY_CAP = cap;
    });

    test('leaves it to others when AWS refuses to send, but counts for its own phone', async () => {
      const phone = newPhone();
      aws.fail(409, 'ConflictException', 'NO_ORIGINATION_IDENTITIES_FOUND');
      expect((await requestCode(phone)).status).toBe(503);
      // Each request makes a new code with new tries: failures must not give away guesses.
      expect((await requestCode(phone)).status).toBe(429);
      aws.fail(undefined);
      expect((await requestCode(newPhone())).status).toBe(200);
    });

    test.each([500, 'no answer'] as const)(
      'uses it up when AWS may have sent the message, which it does not send again: %s',
      async (failure) => {
        const asked = aws.asked;
        aws.fail(failure);
        expect((await requestCode(newPhone())).status).toBe(503);
        expect(aws.asked - asked).toBe(1);
        aws.fail(undefined);
        expect((await requestCode(newPhone())).status).toBe(429);
      },
    );
  });

  test.each(['DESTINATION_PHONE_NUMBER_OPTED_OUT', 'DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE'])(
    'does not reveal that a phone gets no text messages: %s',
    async (reason) => {
      aws.fail(409, 'ConflictException', reason);
      const lines = await linesOf(async () => expect((await requestCode(newPhone())).status).toBe(200));
      expect(lines).toMatchObject([{ level: 'warn', message: 'text message refused', reason }, { status: 200 }]);
      expect(lines[1]).not.toHaveProperty('CodesSent');
    },
  );
});
