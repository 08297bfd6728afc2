import * as z from 'zod/mini';
import { rule } from '../rules.ts';
import { plain, typed } from './typed.ts';

/** Also as 123 456, but not a part of a longer number or word. */
const sixDigits = /(?<![\p{L}\p{N}]|\d[ -]{1,3})\d(?:[ -]{0,3}\d){5}(?![ -]{0,3}\d|\p{L})/gu;

/** The text may be the whole text message, if all its groups of six digits are the same. */
function codeOf(text: string): string {
  const [code = '', ...others] = new Set(
    plain(text)
      .match(sixDigits)
      ?.map((found) => found.replace(/\D/g, '')),
  );
  return others.length === 0 ? code : '';
}

export const code = z
  .pipe(typed(codeOf), z.string().check(rule('code', (digits) => digits !== '', 'must be 6 digits')))
  .check(
    z.describe(
      'A one-time code, sent by text message: POST /auth/code. Spaces, dashes, other digits than 0 to 9, invisible characters and words around the code are ignored.',
    ),
  );
