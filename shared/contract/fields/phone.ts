import * as z from 'zod/mini';
import { rule } from './rules.ts';
import { plain, typed } from './typed.ts';

const international = /^(?:\+|00)([1-9]\d{6,14})$/;
/**
 * As Russia and Kazakhstan write it at home: a mobile number, or one whose 8 or 7 stands apart. 84 912 345 678 is not one,
 * but a number of Vietnam without its plus.
 */
const national = /^[78](?:[79]|\D)/;

/**
 * Words and signs before the number and punctuation after it are left out, but nothing behind it that could be an
 * extension. Without a country only a number of +7 is accepted: ten digits could be anybody's.
 */
function phoneOf(text: string): string {
  const number = plain(text)
    .replace(/^[^\d+]+/, '')
    .replace(/[\s\p{P}\p{S}]+$/u, '');
  const digits = number.replace(/[ ().[\]{}-]/g, '');
  const [, full] = international.exec(digits) ?? [];
  if (full) return `+${full}`;
  return national.test(number) && /^\d{11}$/.test(digits) ? `+7${digits.slice(1)}` : '';
}

/** Checks only the form. Whether such a number can exist, and its one form, is shared/accounts/phones.ts's to say. */
export const phone = z
  .pipe(
    typed(phoneOf),
    z.string().check(rule('phone', (number) => number !== '', 'must be a phone number in the format +79991234567')),
  )
  .check(
    z.describe(
      'E.164, such as +79991234567. Spaces, brackets, dots, dashes, invisible characters and words before the number are ignored, and digits of any script are accepted. 00 stands for +, and of the numbers without either, those of Russia and Kazakhstan are accepted, such as 8 (999) 123-45-67.',
    ),
  );
