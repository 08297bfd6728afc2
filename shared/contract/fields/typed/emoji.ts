import * as z from 'zod/mini';
import { rule } from '../rules.ts';

/** Characters that are shown as text unless U+FE0F follows them. A skin tone has the same effect. */
const shownAsText = /(?=\p{Emoji})\P{Emoji_Presentation}(?!\p{Emoji_Modifier})/gu;

/** Keyboards and browsers leave out U+FE0F in some emojis; without this the same one could be on a message twice. */
const fullyQualified = (text: string) => text.replaceAll('\uFE0F', '').replace(shownAsText, '$&\uFE0F');

/** Longer than any emoji: the longest has ten code points. */
const maxTried = 64;

export const emoji = z
  .pipe(
    z.pipe(
      z.string().check(rule('emoji', ({ length }) => length <= maxTried, 'must be one emoji')),
      z.transform(fullyQualified),
    ),
    // Built on first use, not at import: a pattern of all emojis takes 18 ms of a whole core.
    z.string().check(rule('emoji', (text) => /^\p{RGI_Emoji}$/v.test(text), 'must be one emoji')),
  )
  .check(z.describe('One emoji, percent-encoded in a path. U+FE0F may be left out; answers have it where it belongs.'));
