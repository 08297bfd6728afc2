import * as z from 'zod/mini';
import type { FieldRule } from '../problem.ts';

/** A check with the name that field errors give for it. After the first broken rule the others are not looked at. */
export const rule = <T = string>(name: FieldRule, holds: (value: T) => boolean, error: string, limit?: number) =>
  z.refine<T>(holds, { error, abort: true, params: { rule: name, ...(limit !== undefined && { limit }) } });

/** Characters are Unicode code points: what DynamoDB stores and Dart's `String.runes` counts. */
export function characters(min: number, max: number) {
  const count = (text: string) => [...text].length;
  const error = `must have ${min} to ${max} characters`;
  return [
    rule('too_short', (text) => count(text) >= min, error, min),
    rule('too_long', (text) => count(text) <= max, error, max),
  ] as const;
}

/** A lone surrogate can't be stored as UTF-8: it would come back as a different character. */
export const wellFormed = rule('malformed_text', (text) => text.isWellFormed(), 'must be well-formed Unicode');

/** No control characters, and none that change the direction of writing: a name is shown in the middle of other text. */
export const inOneLine = rule(
  'line_breaks',
  (text) => !/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u.test(text),
  'must not contain control characters or line breaks',
);

/** Nothing that people see: spaces, control characters, and blanks that Unicode counts among letters and symbols. */
const unseen = String.raw`\s\p{Cc}\p{DI}\p{Mn}\p{Me}\u2800\uFFF9-\uFFFB\u{13430}-\u{1345F}\u{1D159}`;
const seen = new RegExp(`[^${unseen}]`, 'u');

/** Something that can be seen. Joiners and other invisible characters may be beside it, as in emoji, Persian and Hindi. */
export const visible = rule('invisible', (text) => text === '' || seen.test(text), 'must contain a visible character');

/** UTS 39 forbids more than four nonspacing marks in a row: they reach into the lines above and below. */
export const fewMarks = rule(
  'combining_marks',
  (text) => !/(?:[\p{Mn}\p{Me}]\p{Cf}*){5}/u.test(text.normalize('NFD')),
  'must not stack more than four accents on a letter',
  4,
);
