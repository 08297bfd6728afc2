import { expect, test } from 'vitest';
import { cut } from '#shared/platform/cut.ts';

test.each([
  ['a flag', '🇷🇺'],
  ['a family', '👨‍👩‍👧‍👦'],
  ['a skin colour', '👍🏽'],
  ['a letter with an accent of its own', 'и\u0306'],
  ['a syllable of Hindi', 'क्षि'],
  ['a surrogate pair', '👍'],
  ['a line break of Windows', '\r\n'],
])('leaves out %s at the end whole', (_what, character) => {
  const length = [...character].length;
  for (let room = 0; room < length; room++)
    expect(cut(`${'x'.repeat(10)}${character}y`, 10 + room)).toBe('x'.repeat(10));
  expect(cut(`${'x'.repeat(10)}${character}y`, 10 + length)).toBe('x'.repeat(10) + character);
});

test('counts flags from the beginning of their row', () => {
  expect(cut('🇷🇺🇰🇿🇧🇾', 3)).toBe('🇷🇺');
  expect(cut('x🇷🇺🇰🇿🇧🇾', 4)).toBe('x🇷🇺');
});

test('keeps a text that fits as it is, and cuts no code point that fits', () => {
  expect(cut('', 10)).toBe('');
  expect(cut('👍'.repeat(10), 10)).toBe('👍'.repeat(10));
  expect(cut('x'.repeat(11), 10)).toBe('x'.repeat(10));
});

test('cuts a single character that is too long by itself', () => {
  expect(cut(`a${'\u0301'.repeat(4000)}`, 300)).toBe(`a${'\u0301'.repeat(299)}`);
});

test('leaves out a giant character behind others', () => {
  expect(cut(`ab${'\u0301'.repeat(4000)}`, 300)).toBe('a');
});
