import { expect, test } from 'vitest';
import { matching, mentionQuery } from '../../../../../infra/local/playground/views/writing/mention-query.ts';

/** The caret is at the sign |. */
function queryAt(text: string) {
  return mentionQuery(text.replace('|', ''), text.indexOf('|'));
}

test.each([
  ['@|', { start: 0, typed: '' }],
  ['Hello @an|', { start: 6, typed: 'an' }],
  ['(@Anna B|', { start: 1, typed: 'Anna B' }],
  ['@an|na', { start: 0, typed: 'an' }],
  ['@Anna @bo|', { start: 6, typed: 'bo' }],
  ['Hello|', undefined],
  ['me@an|', undefined],
  ['@ an|', undefined],
  ['@an\n|', undefined],
])('what is typed in %j', (text, found) => {
  expect(queryAt(text)).toEqual(found);
});

test('a word of the name begins with what was typed, in capitals or not, with accents or not', () => {
  const named = ['Anna Berg', 'Boris', 'Zoë', 'Алёна'].map((name) => ({ id: name, name }));
  const found = (typed: string) => matching(named, typed).map(({ name }) => name);
  expect(found('be')).toEqual(['Anna Berg']);
  expect(found('zoe')).toEqual(['Zoë']);
  expect(found('алена')).toEqual(['Алёна']);
  expect(found('anna berg')).toEqual(['Anna Berg']);
  expect(found('nna')).toEqual([]);
  expect(found('')).toHaveLength(4);
});
