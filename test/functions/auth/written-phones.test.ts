import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { findUsers } from '#shared/contract/users/find-users.ts';
import { linkPhone } from '#shared/contract/users/link-phone.ts';
import { call } from '../../support/call.ts';
import { codeFor, logIn, requestCode } from '../../support/one-time-codes.ts';
import { newPerson, newPhone, newPhonePerson } from '../../support/people.ts';
import { aws } from '../../support/stand-ins/aws.ts';

/** As people write +79991234567. */
const ways: [string, (digits: string) => string][] = [
  ['copied from contacts', (digits) => `\u202A+7 ${digits.slice(0, 3)} ${digits.slice(3, 6)}-${digits.slice(6)}\u202C`],
  ['with 8', (digits) => `8 (${digits.slice(0, 3)}) ${digits.slice(3)}`],
  ['in Persian digits', (digits) => `+۷${[...digits].map((digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)]).join('')}`],
  ['as a link', (digits) => `tel:+7-${digits}`],
  ['with +7 and 8', (digits) => `+7 8 ${digits}`],
];

describe.each(ways)('a phone written %s', (_how, write) => {
  test('gets a code, logs in, is found and is linked as one phone', async () => {
    const phone = newPhone();
    const written = write(phone.slice(2));
    expect((await requestCode(written)).status).toBe(200);
    const created = await logIn(written, aws.codeTo(phone));
    expect(created).toMatchObject({ status: 200, body: { user: { phone } } });
    const boris = await newPerson();
    const found = await call(findUsers, boris, { body: { phones: [written] } });
    expect(found.body.users).toMatchObject([{ id: created.body.user.id, phone }]);
    const other = newPhone();
    const code = await codeFor(other);
    const old = newPhone();
    const vera = await newPhonePerson(old);
    const currentCode = await codeFor(old);
    const linked = await call(linkPhone, vera, { body: { phone: write(other.slice(2)), code, currentCode } });
    expect(linked).toMatchObject({ status: 200, body: { user: { phone: other } } });
  });
});

test('a one-time code works as people paste it', async () => {
  for (const write of [
    (code: string) => `${code.slice(0, 3)} ${code.slice(3)}\u200E`,
    (code: string) => [...code].map((digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]).join(''),
    (code: string) => `Your code is ${code}. It expires in 5 minutes.`,
  ]) {
    const phone = newPhone();
    expect((await logIn(phone, write(await codeFor(phone)))).status).toBe(200);
  }
});

test('what is no code is refused and is not a guess', async () => {
  const phone = newPhone();
  const code = await codeFor(phone);
  const ip = randomUUID();
  for (let n = 0; n < 12; n++) {
    expect(await logIn(phone, '12345', ip)).toMatchObject({ status: 400, body: { errors: [{ rule: 'code' }] } });
  }
  expect((await logIn(phone, code, ip)).status).toBe(200);
});
