import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { newInviteCode } from '#shared/chats/groups.ts';
import { fieldErrorsOf } from '#shared/contract/field-errors.ts';
import { code, inviteCode, phone } from '#shared/contract/fields/index.ts';

const read = (field: z.ZodMiniType<string>, text: string) => z.safeParse(field, text).data;
const ruleOf = (field: z.ZodMiniType<string>, text: string) => {
  const { error } = z.safeParse(field, text);
  return error && fieldErrorsOf(error)[0]?.rule;
};

/** What copying adds: bidi marks, embeddings and isolates, zero-width, joiners, BOM, soft hyphen, variation selectors. */
const invisible = [
  0x200e, 0x200f, 0x61c, 0x202a, 0x202c, 0x202e, 0x2066, 0x2069, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff,
]
  .concat([0xad, 0x34f, 0x180e, 0x2061, 0xfe0e, 0xfe0f, 0xe0020, 0xe0100])
  .map((point) => String.fromCodePoint(point));
const spaces = [...' \t\n\r\v\f\u00A0\u1680\u2002\u2007\u2009\u200A\u2028\u2029\u202F\u205F\u3000\u0085\u2800'];
const dashes = [...'-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFE58\uFE63\uFF0D\u2043\u30FC'];

/** Every way to write 0 to 9 that the runtime knows. */
const numberings = Intl.supportedValuesOf('numberingSystem').flatMap((name) => {
  const digits = new Intl.NumberFormat(`en-u-nu-${name}`, { useGrouping: false });
  const row = Array.from({ length: 10 }, (_, n) => digits.format(n));
  return row.every((digit) => /^\p{Nd}$/u.test(digit)) ? [[name, row] as const] : [];
});
const inDigits = (row: readonly string[], text: string) => text.replace(/\d/g, (digit) => row[Number(digit)] ?? '');

describe('characters that pasting adds', () => {
  test.each([
    ['invisible', invisible],
    ['spaces', spaces],
    ['dashes', dashes],
  ])('%s are ignored in phones and codes', (_what, added) => {
    for (const one of added) {
      const shown = JSON.stringify(one);
      expect(read(phone, `+7${one}999${one}123-45-67`), shown).toBe('+79991234567');
      expect(read(phone, `${one}+79991234567${one}`), shown).toBe('+79991234567');
      expect(read(code, `${one}123${one}456${one}`), shown).toBe('123456');
      expect(read(inviteCode, `${one}AFDX${one}ZM5Y${one}`), shown).toBe('AFDXZM5Y');
    }
  });

  test.each(numberings)('digits of %s are read', (_name, row) => {
    expect(read(phone, inDigits(row, '+7 999 012-34-56'))).toBe('+79990123456');
    expect(read(phone, inDigits(row, '8 (999) 872-34-56'))).toBe('+79998723456');
    expect(read(code, inDigits(row, '907 856'))).toBe('907856');
    expect(read(inviteCode, inDigits(row, 'AFDXZM5Y'))).toBe('AFDXZM5Y');
  });

  test('the runtime knows the digits of many scripts', () => {
    expect(numberings.length).toBeGreaterThan(50);
  });
});

describe('a phone', () => {
  test.each([
    '+79991234567',
    '\u202A+7 999 123-45-67\u202C',
    '＋７（９９９）１２３－４５－６７',
    '+ 7 999 123 45 67',
    '(+7) 999 123.45.67',
    '+7 [999] 123-45-67',
    '8 (999) 123-45-67',
    '8-999-1234567',
    '+7 8 999 123-45-67',
    '+7 (8) 999 123-45-67',
    '8 999 123-45-67 (моб.)',
    '+7·999·123·45·67',
    '89991234567',
    '7 999 123 45 67',
    '007 999 1234567',
    'tel:+7-999-123-45-67',
    'tel://79991234567',
    'whatsapp:+79991234567',
    'Тел.: 8 (999) 123-45-67.',
    'Mum +79991234567',
    '“+7 999 123 45 67”,',
    '<+79991234567>',
    '📞 +79991234567',
  ])('is read from %s', (text) => {
    expect(read(phone, text)).toBe('+79991234567');
  });

  test.each([
    ['ten digits without a country', '9991234567'],
    ['a national number of another country', '029 123-45-67'],
    ['8 and an international prefix', '8 10 44 20 7946 0958'],
    ['a number of Vietnam without the plus', '84 912 345 678'],
    ['eleven digits of who knows where', '84951234567'],
    ['two numbers in one', '+49 30 1234567/68'],
    ['an extension in words', '+7 999 123-45-67 доб. 12'],
    ['an extension after x', '+12025550123x12'],
    ['an extension after a semicolon', 'tel:+79991234567;ext=12'],
    ['an extension after a number sign', '+79991234567#12'],
    ['a pause', '+79991234567,,12'],
    ['two numbers', '+79991234567, +79997654321'],
    ['a second plus', '+7+9991234567'],
    ['too many digits', '+7999123456789012'],
    ['an emergency number', '112'],
    ['letters', '+1 800 FLOWERS'],
    ['a name', 'Mum'],
    ['nothing', ''],
  ])('is not read from %s', (_what, text) => {
    expect(ruleOf(phone, text)).toBe('phone');
  });
});

test('a phone of Britain is read without the (0) that is dialled only at home', () => {
  expect(read(phone, '+44 (0)7911 123456')).toBe('+447911123456');
  expect(read(phone, '0044 (0) 7911 123456')).toBe('+447911123456');
  expect(read(phone, '+39 (0)6 6982 1234')).toBe('+390669821234');
});

describe('a one-time code', () => {
  test.each([
    '123456',
    ' 123 456\u200E',
    '123-456',
    '1 2 3 4 5 6',
    '123 – 456',
    '“123456”',
    '(123456).',
    '123456.',
    '123456 (123 456)',
    'Код: 123456',
    'Your code is 123456. It expires in 5 minutes. Don’t share it with anyone.',
    'Код 123456 никому не сообщайте. Он действует 5 минут.',
    'Код №123456',
    '<#> G-123456\nFA+9qCX9VSu',
    '1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣',
  ])('is read from %s', (text) => {
    expect(read(code, text)).toBe('123456');
  });

  test.each([
    ['five digits', '12345'],
    ['seven digits', '1234567'],
    ['eight digits in groups', '12 345 678'],
    ['two codes', '123456 or 654321'],
    ['a phone', '+79991234567'],
    ['a part of a word', 'x123456'],
    ['letters for digits', '12345O'],
    ['nothing', ' '],
  ])('is not read from %s', (_what, text) => {
    expect(ruleOf(code, text)).toBe('code');
  });
});

describe('an invite code', () => {
  test.each([
    'AFDXZM5Y',
    'afdxzm5y',
    'AFDX-ZM5Y',
    'AFDX — ZM5Y',
    'A F D X Z M 5 Y',
    '“AFDXZM5Y”',
    '(AFDXZM5Y).',
    '*AFDXZM5Y*',
    '🎉AFDXZM5Y🎉',
    'ＡＦＤＸＺＭ５Ｙ',
    'АFDХZМ5У', // Cyrillic А, Х, М, У
    'аfdхzм5у',
    'ΑFDΧΖΜ5Υ', // Greek
    'Invite code: afdxzm5y',
    'Код приглашения: AFDX ZM5Y',
    'Join us with AFDXZM5Y!',
    'AFDXZM5Y: join us',
    'заходи, код AFDXZM5Y, ждём',
    'https://chat.example.com/#join=AFDXZM5Y',
    'Join “Hiking”: https://chat.example.com/app/#chat=&join=afdxzm5y&x=1 see you',
    'chat.example.com/?join=AFDXZM5Y',
  ])('is read from %s', (text) => {
    expect(read(inviteCode, text)).toBe('AFDXZM5Y');
  });

  test('may have any form of 1 to 32 letters and digits', () => {
    expect(read(inviteCode, 'ABC123')).toBe('ABC123');
    expect(read(inviteCode, 'x'.repeat(32))).toBe('X'.repeat(32));
    expect(ruleOf(inviteCode, 'x'.repeat(33))).toBe('invite_code');
  });

  test('keeps a typed O, 0, I or 1, for which no code has a place', () => {
    expect(read(inviteCode, 'O0I1О')).toBe('O0I1O');
  });

  test.each([
    ['join with my code'],
    ['AFDXZM5Y or BGEYAN6Z'],
    ['щука'],
    ['a/b'],
    ['a_b'],
    ['νικη'],
    ['é'],
    ['👍'],
    [''],
    ['\u200B'],
    ['---'],
  ])('is not read from %j', (text) => {
    expect(ruleOf(inviteCode, text)).toBe('invite_code');
  });

  test('is read as it was made', () => {
    for (let n = 0; n < 100; n++) {
      const made = newInviteCode();
      expect(read(inviteCode, made.toLowerCase())).toBe(made);
    }
  });
});

test.each([
  ['combining marks', '\u0301\u0323'],
  ['digits', '1'],
  ['dashes', '-'],
  ['digits and spaces', '1 '],
  ['invisible characters', '\u200B'],
  ['ligatures that expand', '\uFDFA'],
])('64 KB of %s are refused', (_what, unit) => {
  const text = unit.repeat(65_536 / unit.length);
  for (const field of [phone, code, inviteCode])
    for (const length of [300, 65_536]) expect(read(field, text.slice(0, length))).toBe(undefined);
});
