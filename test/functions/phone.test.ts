import { afterEach, describe, expect, test, vi } from 'vitest';
import { login } from '#shared/contract/auth/login.ts';
import { sendCode } from '#shared/contract/auth/send-code.ts';
import { linkPhone } from '#shared/contract/users/link-phone.ts';
import { call } from '../support/call.ts';
import { forgetLastMinute } from '../support/limits.ts';
import { linesOf } from '../support/log-lines.ts';
import { newPerson, newPhone, password } from '../support/people.ts';
import { aws } from '../support/stand-ins/aws.ts';

const ask = (phone: string, ip?: string) => call(sendCode, undefined, { body: { phone }, ...(ip && { ip }) });
const enter = (phone: string, code: string) => call(login, undefined, { body: { phone, code } });
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

async function codeFor(phone: string): Promise<string> {
  expect(await ask(phone)).toMatchObject({ status: 200, body: { expiresIn: 300, retryAfter: 60 } });
  return aws.codeTo(phone);
}

describe('logging in by phone', () => {
  test('makes a user of a phone that is seen for the first time, and knows it from then on', async () => {
    const phone = newPhone();
    const first = await enter(phone, await codeFor(phone));
    expect(first.status).toBe(200);
    expect(first.body).toEqual({
      user: { id: expect.any(String), phone, name: `User ${first.body.user.id.slice(0, 4)}` },
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
    });
    await forgetLastMinute(phone);
    const second = await enter(phone, await codeFor(phone));
    expect(second.body.user).toEqual(first.body.user);
  });

  test('takes the number as people write it', async () => {
    const phone = newPhone();
    const written = `${phone.slice(0, 2)} (${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8)}`;
    expect((await ask(` ${written} `)).status).toBe(200);
    expect((await enter(written, aws.codeTo(phone))).body.user.phone).toBe(phone);
  });

  test('answers the same for a phone with an account and one without', async () => {
    const [known, unknown] = [newPhone(), newPhone()];
    await newPerson('Anna', { phone: known });
    const answers = await Promise.all([ask(known), ask(unknown)]);
    for (const { headers } of answers) delete headers['x-request-id'];
    expect(answers[0]).toEqual(answers[1]);
  });

  test('logs in to the account that the phone is linked to', async () => {
    const phone = newPhone();
    const anna = await newPerson();
    const code = await codeFor(phone);
    await call(linkPhone, anna, { body: { phone, code, password } });
    await forgetLastMinute(phone);
    expect((await enter(phone, await codeFor(phone))).body.user.id).toBe(anna.id);
  });
});

describe('a code', () => {
  test('is good once: of five logins with it at the same time one wins', async () => {
    const phone = newPhone();
    const code = await codeFor(phone);
    // Five tries are all that a code has.
    const answers = await Promise.all(Array.from({ length: 5 }, () => enter(phone, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await enter(phone, code)).toMatchObject({ status: 401, body: { code: 'wrong_code' } });
  });

  test('is void after five wrong tries', async () => {
    const phone = newPhone();
    const code = await codeFor(phone);
    for (let n = 0; n < 5; n++) {
      expect(await enter(phone, wrong(code))).toMatchObject({ status: 401, body: { code: 'wrong_code' } });
    }
    expect((await enter(phone, code)).status).toBe(401);
  });

  test('is void once there is a newer one', async () => {
    const phone = newPhone();
    const old = await codeFor(phone);
    await forgetLastMinute(phone);
    const code = await codeFor(phone);
    if (old !== code) expect((await enter(phone, old)).status).toBe(401);
    expect((await enter(phone, code)).status).toBe(200);
  });

  test('is void after five minutes', async () => {
    const phone = newPhone();
    const code = await codeFor(phone);
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 301_000);
    expect((await enter(phone, code)).status).toBe(401);
    vi.restoreAllMocks();
    expect((await enter(phone, code)).status).toBe(200);
  });

  test('is of one phone', async () => {
    const [mine, other] = [newPhone(), newPhone()];
    const code = await codeFor(mine);
    await codeFor(other);
    if (aws.codeTo(other) !== code) expect((await enter(other, code)).status).toBe(401);
  });

  test.each(['12345', '1234567', 'abcdef', ''])('cannot be "%s"', async (code) => {
    expect(await enter(newPhone(), code)).toMatchObject({
      status: 400,
      body: { code: 'invalid_input', errors: [{ path: 'code' }] },
    });
  });
});

describe('asking for codes', () => {
  afterEach(() => aws.fail(undefined));

  test('is for once a minute and five times a day a phone', async () => {
    const phone = newPhone();
    for (let n = 1; n <= 5; n++) {
      expect((await ask(phone)).status).toBe(200);
      const again = await ask(phone);
      expect(again).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
      expect(Number(again.headers['retry-after'])).toBeGreaterThan(50);
      await forgetLastMinute(phone);
    }
    const sixth = await ask(phone);
    expect(sixth.status).toBe(429);
    expect(Number(sixth.headers['retry-after'])).toBeGreaterThan(23 * 3600);
    expect(aws.countTo(phone)).toBe(5);
  });

  test('twenty times at once sends one message', async () => {
    const phone = newPhone();
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(phone)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(aws.countTo(phone)).toBe(1);
  });

  test('is for twenty times an hour an address', async () => {
    const ip = `ip ${newPhone()}`;
    for (let n = 0; n < 20; n++) expect((await ask(newPhone(), ip)).status).toBe(200);
    expect((await ask(newPhone(), ip)).status).toBe(429);
  });

  test('is refused for countries that are not served, and counts nothing for the stack', async () => {
    const answer = await ask('+12025550123');
    expect(answer).toMatchObject({ status: 422, body: { code: 'country_not_served' } });
    expect(aws.countTo('+12025550123')).toBe(0);
  });

  test('ends for everybody at the cap of the stack', async () => {
    const cap = process.env.SMS_MONTHLY_CAP as string;
    process.env.SMS_MONTHLY_CAP = '0';
    const phone = newPhone();
    const answer = await ask(phone);
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
  ])('is refused for %s', async (phone) => {
    expect(await ask(phone)).toMatchObject({
      status: 400,
      body: { code: 'invalid_input', errors: [{ path: 'phone' }] },
    });
  });

  test.each([
    [500, 'InternalServerException'],
    [402, 'ServiceQuotaExceededException'],
  ])('says 503 when messages can’t be sent: %i %s', async (status, type) => {
    aws.fail(status, type);
    expect(await ask(newPhone())).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  });

  test('says nothing of a phone whose owner wants no messages', async () => {
    aws.fail(409, 'ConflictException');
    const lines = await linesOf(async () => expect((await ask(newPhone())).status).toBe(200));
    expect(lines).toMatchObject([{ level: 'warn', message: 'text message refused' }, { status: 200 }]);
  });
});
