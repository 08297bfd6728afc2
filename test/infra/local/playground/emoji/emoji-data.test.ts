import { describe, expect, test } from 'vitest';
import { en } from '../../../../../infra/local/playground/texts/en/index.ts';
import { ru } from '../../../../../infra/local/playground/texts/ru/index.ts';
import { findEmojis, loadEmojis } from '../../../../../infra/local/playground/views/emoji/emoji-data.ts';
import { emoji } from '../../../../../shared/contract/fields/index.ts';

const firstFound = async (texts: typeof en, query: string) =>
  findEmojis(await loadEmojis(texts), query).map((one) => one.emoji)[0];

describe.each([
  ['English', en],
  ['Russian', ru],
] as const)('the emojis in %s', (_language, texts) => {
  test('are written as the server writes them, each once', async () => {
    const all = (await loadEmojis(texts)).map((one) => one.emoji);
    expect(all.map((one) => emoji.safeParse(one).data)).toEqual(all);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(1800);
  });
});

test.each([
  ['pizza', '🍕'],
  ['thumbs up', '👍'],
  ['UP thu', '👍'],
])('finds %j in English', async (query, found) => expect(await firstFound(en, query)).toBe(found));

test.each([
  ['пицца', '🍕'],
  ['большой палец вверх', '👍'],
  ['ежик', '🦔'],
])('finds %j in Russian', async (query, found) => expect(await firstFound(ru, query)).toBe(found));

test('finds those first whose name begins with the query', async () => {
  const found = findEmojis(await loadEmojis(en), 'car');
  expect(found[0]?.name).toMatch(/^car/i);
  expect(found.length).toBeGreaterThan(5);
});

test('finds nothing for other words', async () => {
  expect(findEmojis(await loadEmojis(en), 'zzzz')).toEqual([]);
});
