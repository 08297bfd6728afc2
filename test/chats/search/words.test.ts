import { expect, test } from 'vitest';
import { matcherOf } from '#shared/chats/search/words.ts';
import { messages, queries } from './queries.ts';

test.each(queries)('%s finds %j', (query, hits) => {
  const matches = matcherOf(query);
  const found = Object.entries(messages).filter(([, text]) => matches(text));
  expect(found.map(([seq]) => Number(seq))).toEqual(hits);
});
