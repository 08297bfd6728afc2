/** The first reactions that a menu offers. */
export const firstEmojis = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

/** What people react with most often, after the first ones. Any other can be typed. */
export const moreEmojis = [
  ...['👎', '🔥', '🎉', '👏', '😁', '🤔', '😍', '😡', '🤯', '😱', '🤝', '👌'],
  ...['💯', '✅', '❌', '⚡', '🚀', '👀', '🙈', '😎', '🥳', '😴', '🤷', '💪'],
];

const oneEmoji = /^\p{RGI_Emoji}$/v;

/** Characters that are shown as text unless U+FE0F follows them. A skin tone has the same effect. */
const shownAsText = /(?=\p{Emoji})\P{Emoji_Presentation}(?!\p{Emoji_Modifier})/gu;

/** The emoji as the server writes it, or undefined for any other text. Keyboards leave U+FE0F out of some emojis. */
export function readEmoji(text: string): string | undefined {
  const emoji = text.trim().replaceAll('\uFE0F', '').replace(shownAsText, '$&\uFE0F');
  return oneEmoji.test(emoji) ? emoji : undefined;
}
