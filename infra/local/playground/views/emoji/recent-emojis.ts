import { readEmoji } from './read-emoji.ts';

export const stored = 'emojis';
/** Three rows of the picker. */
const maxRecent = 24;

/** The emojis that were picked last in this browser, the last one first. */
export const recentEmojis = (): string[] =>
  (localStorage.getItem(stored) ?? '').split(' ').filter((emoji) => readEmoji(emoji) !== undefined);

export function rememberEmoji(emoji: string): void {
  const others = recentEmojis().filter((one) => one !== emoji);
  try {
    localStorage.setItem(stored, [emoji, ...others].slice(0, maxRecent).join(' '));
  } catch {
    // The storage is full.
  }
}
