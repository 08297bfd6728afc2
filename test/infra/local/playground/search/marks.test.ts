import { expect, test } from 'vitest';
import { excerpt } from '../../../../../infra/local/playground/state/search/marks.ts';

/** A text as it is shown, with the marked parts in square brackets. */
const shown = (text: string, query: string) =>
  excerpt(text, query)
    .map((part) => (part.isMarked ? `[${part.text}]` : part.text))
    .join('');

test.each([
  ['every place of every word, in any case', 'Lake and lakeside', 'LAKE and', '[Lake] [and] [lake]side'],
  ['ё where the query has е', 'Ёлка, елка', 'елка', '[Ёлка], [елка]'],
  ['signs as they are, not as a pattern', 'a.b (c) axb', 'a.b (c)', '[a.b] [(c)] axb'],
  ['another form of a word to its end', 'Лодку возьмём', 'лодки', '[Лодку] возьмём'],
  ['nothing for a word that only begins alike', 'Мак', 'машина', 'Мак'],
  ['nothing without a query', 'Lake', ' ', 'Lake'],
])('marks %s', (_what, text, query, expected) => {
  expect(shown(text, query)).toBe(expected);
});

test('a long text begins with a few words before the first mark, and ends soon after', () => {
  const text = `${'before '.repeat(40)}lake ${'after '.repeat(60)}`;
  const [beginning, end = ''] = shown(text, 'lake').split('[lake]');
  expect(beginning).toBe('…before before before before ');
  expect(end).toMatch(/^ after after.*…$/);
  expect(end.length).toBeLessThan(200);
});

test('cuts no emoji in half', () => {
  expect(shown(`${'😀'.repeat(100)}lake${'😀'.repeat(300)}`, 'lake').isWellFormed()).toBe(true);
  expect(shown(`${'😀'.repeat(100)}alake`, 'lake').isWellFormed()).toBe(true);
});
