import { expect, test } from 'vitest';
import { firstEmojis, moreEmojis, readEmoji } from '../../../../infra/local/playground/views/chat/actions/emojis.ts';
import { emoji } from '../../../../shared/contract/fields/index.ts';

test('the emojis that the menu offers are written as the server writes them', () => {
  const offered = [...firstEmojis, ...moreEmojis];
  expect(offered.map((one) => emoji.safeParse(one).data)).toEqual(offered);
  expect(new Set(offered).size).toBe(30);
});

test.each(['❤', '❤️', '#\u20e3', '☝🏽', '👩‍❤️‍💋‍👨', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🇷🇺', 'ok', '', '👍👍', '7'])(
  'reads %s as the server does',
  (text) => {
    expect(readEmoji(` ${text} `)).toBe(emoji.safeParse(text).data);
  },
);
