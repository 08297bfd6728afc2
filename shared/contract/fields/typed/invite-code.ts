import * as z from 'zod/mini';
import { rule } from '../rules.ts';
import { inLatin } from './look-alikes.ts';
import { plain, typed, withoutPunctuation } from './typed.ts';

/** Without the look-alikes I, O, 0 and 1, because codes are read out and typed by hand. */
export const inviteAlphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
export const inviteLength = 8;

const made = new RegExp(`^[${inviteAlphabet}]{${inviteLength}}$`);

/** Whether a group can have this code. Any other one is a slip of the keyboard, not a guess. */
export const canBeInviteCode = (code: string): boolean => made.test(code);

const wellFormed = /^[A-Z0-9]{1,32}$/;

const wordsOf = (text: string): string[] =>
  text.split(/[ :]/).map((word) => inLatin(withoutPunctuation(word)).replaceAll('-', ''));

/**
 * From the app's link, from after a colon, or from among other words if exactly one of them is such as we make. I, O, 0 and
 * 1 stay as they are: no code has them, and each could be one of several letters. Several words that are more than a code
 * written in groups are a sentence without one.
 */
function inviteCodeOf(text: string): string {
  const written = plain(text);
  const [, linked] = /[#?&]join=([^&#\s]+)/i.exec(written) ?? [];
  const [code, ...others] = new Set(wordsOf(linked ?? written).filter(canBeInviteCode));
  if (code !== undefined) return others.length === 0 ? code : '';
  const words = wordsOf(linked ?? written.replace(/^.*:/, ''));
  const joined = words.join('');
  const isSentence = words.filter(Boolean).length > 1 && joined.length > inviteLength;
  return wellFormed.test(joined) && !isSentence ? joined : '';
}

export const inviteCode = z
  .pipe(
    typed(inviteCodeOf),
    z.string().check(rule('invite_code', (code) => code !== '', 'must be an invite code, letters and digits')),
  )
  .check(
    z.describe(
      'As people type and paste it: lower case, spaces, dashes, quotes, invisible characters and Cyrillic or Greek letters that look like Latin ones are accepted, and so is the app’s link with the code.',
    ),
  );
