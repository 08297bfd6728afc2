// Building a pattern of all emojis takes a phone about a tenth of a second, so none is built before it is needed.

/** Characters that are shown as text unless U+FE0F follows them. A skin tone has the same effect. */
const shownAsText = /(?=\p{Emoji})\P{Emoji_Presentation}(?!\p{Emoji_Modifier})/gu;

/** The emoji as the server writes it, or undefined for any other text. Keyboards leave U+FE0F out of some emojis. */
export function readEmoji(text: string): string | undefined {
  const emoji = text.trim().replaceAll('\uFE0F', '').replace(shownAsText, '$&\uFE0F');
  return /^\p{RGI_Emoji}$/v.test(emoji) ? emoji : undefined;
}

/** More are read as a text that is made of emojis. */
const maxAlone = 3;

/** Part of every emoji: a picture, a skin tone, half of a flag, or the frame of a key. */
const partOfEmoji = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u20E3/u;

/** How many emojis a text consists of, if they are few and there is nothing else; otherwise 0. */
export function emojisAlone(text: string): number {
  // The longest emoji has 35 UTF-16 units.
  const mayBe = text.length <= 35 * maxAlone && partOfEmoji.test(text);
  if (!mayBe || !/^(?:\p{RGI_Emoji}|\s)+$/v.test(text)) return 0;
  const { length } = text.match(/\p{RGI_Emoji}/gv) ?? [];
  return length <= maxAlone ? length : 0;
}
