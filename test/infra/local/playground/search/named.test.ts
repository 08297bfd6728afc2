import { expect, test } from 'vitest';
import { isNamed } from '../../../../../infra/local/playground/state/search/named.ts';

test.each([
  [true, 'Lake house', 'HOUSE la'],
  [true, 'Ёлка', 'елк'],
  [true, 'Елка', 'ёл'],
  [false, 'Lake house', 'lake boat'],
])('%s: the name %j has the words of %j', (expected, name, query) => {
  expect(isNamed(name, query)).toBe(expected);
});
