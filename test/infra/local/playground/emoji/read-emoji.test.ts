import emojis from 'emojibase-data/en/compact.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { emojisAlone, readEmoji } from '../../../../../infra/local/playground/views/emoji/read-emoji.ts';
import { emoji } from '../../../../../shared/contract/fields/index.ts';

test.each(['❤', '❤️', '#\u20e3', '☝🏽', '👩‍❤️‍💋‍👨', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🇷🇺', 'ok', '', '👍👍', '7'])(
  'reads %s as the server does',
  (text) => {
    expect(readEmoji(` ${text} `)).toBe(emoji.safeParse(text).data);
  },
);

test.each([
  ['👍', 1],
  ['👩‍❤️‍💋‍👨 🇷🇺', 2],
  ['👍👍👍', 3],
  ['👍👍👍👍', 0],
  ['👍 ok', 0],
  ['7', 0],
  ['', 0],
  [' ', 0],
])('%j consists of a few emojis alone: %i', (text, count) => {
  expect(emojisAlone(text)).toBe(count);
});

test('each emoji of the picker is one alone', () => {
  const known = emojis.flatMap(({ unicode }) => readEmoji(unicode) ?? []);
  expect(known.length).toBeGreaterThan(1900);
  expect(known.filter((one) => emojisAlone(one) !== 1)).toEqual([]);
});
