import * as z from 'zod/mini';
import { rule } from './rules.ts';
import { plain, typed } from './typed.ts';

const international = /^(?:\+|00)([1-9]\d{6,14})$/;
/** As Russia and Kazakhstan write it at home. Their area codes begin with 3 to 9. */
const national = /^[78]([3-9]\d{9})$/;

/**
 * Words and signs before the number and punctuation after it are left out, but nothing behind it that could be an
 * extension. Without a country only a number of +7 is accepted: ten digits could be anybody's.
 */
function phoneOf(text: string): string {
  const digits = plain(text)
    .replace(/^[^\d+]+/, '')
    .replace(/[\s\p{P}\p{S}]+$/u, '')
    .replace(/[ ().[\]{}/-]/g, '');
  const [, full] = international.exec(digits) ?? [];
  if (full) return `+${full}`;
  const [, atHome] = national.exec(digits) ?? [];
  return atHome ? `+7${atHome}` : '';
}

/** Checks only the form. Whether such a number can exist, and its one form, is shared/accounts/phones.ts's to say. */
export const phone = z
  .pipe(
    typed(phoneOf),
    z.string().check(rule('phone', (number) => number !== '', 'must be a phone number in the format +79991234567')),
  )
  .check(
    z.describe(
      'E.164, such as +79991234567. Spaces, brackets, dots, dashes, other digits than 0 to 9, invisible characters and words before the number are ignored; 00 stands for +, and 8 or 7 before ten digits for +7.',
    ),
  );
