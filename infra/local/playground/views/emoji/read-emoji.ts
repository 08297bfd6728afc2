const oneEmoji = /^\p{RGI_Emoji}$/v;

/** Characters that are shown as text unless U+FE0F follows them. A skin tone has the same effect. */
const shownAsText = /(?=\p{Emoji})\P{Emoji_Presentation}(?!\p{Emoji_Modifier})/gu;

/** The emoji as the server writes it, or undefined for any other text. Keyboards leave U+FE0F out of some emojis. */
export function readEmoji(text: string): string | undefined {
  const emoji = text.trim().replaceAll('\uFE0F', '').replace(shownAsText, '$&\uFE0F');
  return oneEmoji.test(emoji) ? emoji : undefined;
}

/** More are read as a text that is made of emojis. */
const maxAlone = 3;

const onlyEmojis = /^(?:\p{RGI_Emoji}|\s)+$/v;
const eachEmoji = /\p{RGI_Emoji}/gv;

/** How many emojis a text consists of, if they are few and there is nothing else; otherwise 0. */
export function emojisAlone(text: string): number {
  // A long text needs no closer look: the longest emoji has 35 UTF-16 units.
  if (text.length > 35 * maxAlone || !onlyEmojis.test(text)) return 0;
  const { length } = text.match(eachEmoji) ?? [];
  return length <= maxAlone ? length : 0;
}
