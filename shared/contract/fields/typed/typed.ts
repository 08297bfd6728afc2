import * as z from 'zod/mini';

/** Phones and codes as people type and paste them: what is no part of them is left out, if only one reading is possible. */

/** In UTF-16 units, before anything is looked at: a whole text message with a code has fewer. */
const maxTyped = 300;

/** A text field that `read` turns into its one form; it returns "" for what it can't read. */
export const typed = (read: (text: string) => string) =>
  z.pipe(z.string().check(z.maxLength(maxTyped)), z.transform(read));

const isDigit = (point: number) => /\p{Nd}/u.test(String.fromCodePoint(point));

/** The value of a decimal digit of any script. Unicode has them in rows from zero to nine, some directly after another. */
function digitOf(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  let first = point;
  while (isDigit(first - 1)) first--;
  return String((point - first) % 10);
}

/**
 * Copying from contacts, chats and web pages adds characters that nobody sees, and keyboards have digits, dashes, spaces
 * and wide letters of their own: the same text in ASCII, as far as ASCII has it.
 */
export const plain = (text: string): string =>
  text
    .replaceAll('№', ' ')
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{DI}\p{Me}]/gu, '')
    .replace(/\p{Nd}/gu, digitOf)
    .replace(/[\p{Pd}\u02D7\u2043\u2212\u30FC]/gu, '-')
    .replace(/[\s\p{Cc}\u2800]+/gu, ' ');

/** Without the quotes, brackets, full stops, asterisks... around it. */
export const withoutPunctuation = (text: string): string => text.replace(/^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu, '');
