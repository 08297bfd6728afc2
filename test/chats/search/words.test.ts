import { expect, test } from 'vitest';
import { matcherOf } from '#shared/chats/search/words.ts';
import { messages, queries } from './queries.ts';

test.each(queries)('%s finds %j', (query, hits) => {
  const matches = matcherOf(query);
  const found = Object.entries(messages).filter(([, text]) => matches(text));
  expect(found.map(([seq]) => Number(seq))).toEqual(hits);
});

test('takes no long for a text of accents, which take quadratic time to sort', () => {
  const start = performance.now();
  expect(matcherOf('lake')(`a${'\u0327\u0301\uFF9E'.repeat(30_000)} the lake`)).toBe(true);
  expect(performance.now() - start).toBeLessThan(2000);
});
