import * as z from 'zod/mini';
import { rule } from '../rules.ts';
import { plain, typed } from './typed.ts';

const international = /^(?:\+|00)([1-9]\d{6,14})$/;
/**
 * As Russia and Kazakhstan write it at home: a mobile number, or one whose 8 or 7 stands apart. 84 912 345 678 is not one,
 * but a number of Vietnam without its plus.
 */
const national = /^[78](?:[79]|\D)/;

/**
 * Words and signs before the number, and punctuation and a note such as (mobile) after it, are left out, but nothing that
 * could be an extension. Without a country only a number of +7 is accepted: ten digits could be anybody's.
 */
function phoneOf(text: string): string {
  const number = plain(text)
    .replace(/^[^\d+]+/, '')
    .replace(/ ?\([^()\d]*\)$/, '')
    .replace(/[\s\p{P}\p{S}]+$/u, '');
  // The (0) of +44 (0)7911 123456 is dialled only at home, but in Italy it is a part of the number.
  const digits = number.replace(/^((?:\+|00)(?!39).*?)\(0\)/, '$1').replace(/[ ().·[\]{}-]/g, '');
  // The +7 that a form begins with, and the 8 that people begin with.
  const [, full] = international.exec(digits.replace(/^(\+|00)78(?=\d{10}$)/, '$17')) ?? [];
  if (full) return `+${full}`;
  return national.test(number) && /^\d{11}$/.test(digits) ? `+7${digits.slice(1)}` : '';
}

/** Checks only the form. Whether such a number can exist is checked when a code is sent to it. */
export const phone = z
  .pipe(
    typed(phoneOf),
    z.string().check(rule('phone', (number) => number !== '', 'must be a phone number in the format +79991234567')),
  )
  .check(
    z.describe(
      'E.164, such as +79991234567. Spaces, brackets, dots, dashes, invisible characters and words before the number are ignored, and digits of any script are accepted. 00 stands for +, and of the numbers without either, mobile ones of Russia and Kazakhstan are accepted, and those whose 8 or 7 stands apart, such as 8 (999) 123-45-67.',
    ),
  );
