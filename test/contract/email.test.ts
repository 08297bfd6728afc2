import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { fieldErrorsOf } from '#shared/contract/field-errors.ts';
import { email } from '#shared/contract/fields/index.ts';
import { emailShown } from '#shared/people/users.ts';

const read = (text: string) => z.safeParse(email, text).data;
function refusal(text: string) {
  const { error } = z.safeParse(email, text);
  const [{ rule, limit } = {}] = error ? fieldErrorsOf(error) : [];
  return limit === undefined ? [rule] : [rule, limit];
}

/** https://html.spec.whatwg.org/multipage/input.html#email-state-(type=email) */
const html =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

const local = [...Array(128).keys()].map((point) => String.fromCharCode(point)).filter((one) => html.test(`${one}@b`));

describe('an email', () => {
  test.each([
    'Anna@Example.COM',
    'root@localhost',
    'a..b@example.com',
    '.a.@example.com',
    "'a@example.com",
    '{a}@example.com',
    'a@1.2.3.4',
    'a@0x7f.1',
    'a@1',
    'a@a.123',
    'a@xn--a',
    'a@XN--E1AFMKFD.XN--P1AI',
    `a@${'b'.repeat(63)}.com`,
    ...local.map((one) => `${one}@example.com`),
    ...local.map((one) => `x${one}y@example.com`),
  ])('may be %s, as in HTML', (text) => {
    expect(html.test(text)).toBe(true);
    expect(read(text)).toBe(text.toLowerCase());
  });

  test.each([
    ['user@пример.рф', 'user@xn--e1afmkfd.xn--p1ai'],
    ['User@ПРИМЕР.РФ', 'user@xn--e1afmkfd.xn--p1ai'],
    ['user@пример。рф', 'user@xn--e1afmkfd.xn--p1ai'],
    ['user@xn--e1afmkfd.xn--p1ai', 'user@xn--e1afmkfd.xn--p1ai'],
    ['user@ΕΛΛΑΣ.gr', 'user@xn--mxahsa5b.gr'],
    ['user@faß.de', 'user@xn--fa-hia.de'],
    ['user@ｅｘａｍｐｌｅ.com', 'user@example.com'],
    ['user@exa\u00ADmple.com', 'user@example.com'],
    ['user@１.１', 'user@1.1'],
    ['user＠example.com', 'user@example.com'],
    ['user@مث\u200Cال.com', 'user@xn--mgbh0fb0114a.com'],
  ])('has one form: %s', (text, canonical) => {
    expect(read(text)).toBe(canonical);
  });

  test.each([
    ' anna@example.com\n',
    '\u200Eanna@example.com\u200B',
    '\uFEFFanna@example.com\u00A0',
    '\u2066anna@example.com\u2069',
    'anna\u200B@\u200Bexample.com',
    'anna@example.com.',
    'anna@example.com,',
    '<anna@example.com>',
    'Anna Example <Anna@example.com>',
    '“anna@example.com”',
    '"anna@example.com";',
    '(anna@example.com)',
    'mailto:anna@example.com',
  ])('may be pasted as %j', (text) => {
    expect(read(text)).toBe('anna@example.com');
  });

  test.each([
    ['the Kelvin sign', 'user\u212A@example.com'],
    ['a long s', 'u\u017Fer@example.com'],
    ['full width', 'ｕser@example.com'],
    ['a dotted I', 'İ@example.com'],
    ['Cyrillic', 'аnna@example.com'],
    ['an accent', 'zoë@example.com'],
    ['a space', 'an na@example.com'],
    ['quotes', '"an na"@example.com'],
    ['a second @', 'a@b@example.com'],
    ['a comma', 'a,b@example.com'],
  ])('with %s before the @ is refused by the rule for that part', (_what, text) => {
    expect(refusal(text)).toEqual(['email_local_part']);
  });

  test.each([
    'nobody',
    '@example.com',
    'a@',
    'a@-b.com',
    'a@b..com',
    'a@b_c.com',
    'a@b c.com',
    'a@[127.0.0.1]',
    'a@b/c',
    'a@при%6Dер.рф',
    'a@пример.рф:80',
    'a@при_мер.рф',
    '',
    '@',
  ])('is not %j', (text) => {
    expect(refusal(text)).toEqual(['email']);
  });

  test.each(['<a@example.com> <b@example.com>', '"<x@example.com>" <a@example.com>', 'a@b.com, c@d.com'])(
    'is refused if it could be one of two: %s',
    (text) => {
      expect(refusal(text)).not.toEqual([undefined]);
    },
  );

  test.each([
    ['user@xn--e1afmkfd.xn--p1ai', 'user@пример.рф'],
    ['ceo@xn--gmail-.com', 'ceo@xn--gmail-.com'],
    // Its letters are those of xn--mez.com.
    ['ceo@xn---mez.com', 'ceo@xn---mez.com'],
    ['a@xn--a', 'a@xn--a'],
    ['anna@example.com', 'anna@example.com'],
    ['', ''],
  ])('is shown in Unicode only if that is the same domain: %s', (stored, shown) => {
    expect(emailShown(stored)).toBe(shown);
  });

  test('has at most 64 characters before the @ and 254 in ASCII', () => {
    const domain = `${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.com`;
    expect(read(`${'a'.repeat(64)}@${domain}`)).toHaveLength(254);
    expect(refusal(`${'a'.repeat(65)}@${domain}`)).toEqual(['email_local_part', 64]);
    expect(refusal(`${'a'.repeat(64)}@d${domain}`)).toEqual(['too_long', 254]);
    const inUnicode = Array(30).fill('щяю').join('.');
    expect(`a@${inUnicode}.com`.length).toBeLessThan(254);
    expect(refusal(`a@${inUnicode}.com`)).toEqual(['too_long', 254]);
  });

  test.each(['a', '.', '-', '@', '<', ' ', '\u200B', '\u0301\u0323', '。', 'щ', '<a@'])(
    '64 KB of %j are read within the time of a test',
    (unit) => {
      for (const length of [1000, 65_536]) {
        const text = unit.repeat(length / unit.length);
        for (const one of [text, `a@${text}`, `${text}@b`, `a@b${text}c`]) read(one.slice(0, length));
      }
    },
  );
});
