import { expect, test } from 'vitest';
import { judge } from './judge.ts';

const observer = ['a', 'b', 'c', 'd'];
const nothing = { missing: 0, duplicated: 0, outOfOrder: 0, unknown: 0 };

test('finds nothing wrong with clients that show what the observer shows', () => {
  const judgement = judge([
    { observer, members: [observer, observer] },
    { observer: ['e'], members: [['e']] },
  ]);
  expect(judgement).toEqual({ expectedPairs: 9, presentPercent: 100, total: nothing, notRight: 0 });
});

test.each([
  [['a', 'b', 'd'], { missing: 1 }, 75],
  [['a', 'b', 'c', 'c', 'd'], { duplicated: 1 }, 100],
  [['a', 'c', 'b', 'd'], { outOfOrder: 1 }, 100],
  [['a', 'b', 'x', 'c', 'd'], { unknown: 1 }, 100],
  [['d', 'a'], { missing: 2, outOfOrder: 1 }, 50],
])('finds what is wrong with %j', (shown, wrong, presentPercent) => {
  const judgement = judge([{ observer, members: [shown] }]);
  expect(judgement).toEqual({ expectedPairs: 4, presentPercent, total: { ...nothing, ...wrong }, notRight: 1 });
});
