import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendCode } from '#shared/contract/auth/send-code.ts';
import { settings } from '#shared/platform/settings.ts';
import { countApart, countTogether, forgetLastMinute } from '../../support/limits.ts';
import { linesOf } from '../../support/log-lines.ts';
import { codeFor, logIn, requestCode } from '../../support/one-time-codes.ts';
import { newPhone } from '../../support/people.ts';
import { aws } from '../../support/stand-ins/aws.ts';

describe('requesting a one-time code', () => {
  afterEach(() => aws.fail(undefined));

  test('sends it in the language of the phone’s country', async () => {
    const countries = process.env.SMS_COUNTRIES;
    process.env.SMS_COUNTRIES = 'KZ,GB';
    const [kazakh, british] = ['+77011234567', '+447400123456'];
    for (const phone of [kazakh, british]) expect((await requestCode(phone)).status).toBe(200);
    process.env.SMS_COUNTRIES = countries;
    expect(aws.textTo(kazakh)).toMatch(/^Код: \d{6}\. Действует 5 минут\. Никому его не сообщайте\.$/);
    expect(aws.textTo(british)).toMatch(
      /^Your code is \d{6}\. It expires in 5 minutes\. Don't share it with anyone\.$/,
    );
  });

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

  test.each(['9991234567', '+7', '+7 999 123-45', '+44 (0)1 123456', '+7999123456789012345', '+999123456789', 'hello'])(
    'is refused for the invalid number %s',
    async (phone) => {
      expect(await requestCode(phone)).toMatchObject({
        status: 400,
        body: { code: 'invalid_input', errors: [{ path: 'phone', rule: 'phone' }] },
      });
    },
  );

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
