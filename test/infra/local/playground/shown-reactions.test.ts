import { expect, test } from 'vitest';
import { shownReactions } from '../../../../infra/local/playground/state/changes/shown-reactions.ts';

const none = new Map<string, boolean>();
const stored = [
  { emoji: '👍', count: 2, userIds: ['anna', 'boris'] },
  { emoji: '🎉', count: 1, userIds: ['boris'] },
];
const shown = (wanted: ReadonlyMap<string, boolean>, reactions = stored) =>
  shownReactions({ reactions }, 'anna', none, wanted).map(({ emoji, count, mine }) => `${emoji} ${count} ${mine}`);

test('says which are mine', () => {
  expect(shown(none)).toEqual(['👍 2 true', '🎉 1 false']);
});

test.each([
  ['adds mine to those of others', '🎉', true, ['👍 2 true', '🎉 2 true']],
  ['removes mine from those of others', '👍', false, ['👍 1 false', '🎉 1 false']],
  ['appends a new one', '🔥', true, ['👍 2 true', '🎉 1 false', '🔥 1 true']],
  ['does not add twice what is stored', '👍', true, ['👍 2 true', '🎉 1 false']],
  ['does not remove what is not stored', '🎉', false, ['👍 2 true', '🎉 1 false']],
])('what I want is shown at once: %s', (_what, emoji, mine, expected) => {
  expect(shown(new Map([[emoji, mine]]))).toEqual(expected);
});

test('the last one to go takes the emoji along', () => {
  expect(shown(new Map([['👍', false]]), [{ emoji: '👍', count: 1, userIds: ['anna'] }])).toEqual([]);
});

test('of many people the message names only some: what the server said counts', () => {
  const many = { reactions: [{ emoji: '👍', count: 30, userIds: ['boris'] }] };
  const mine = (known: ReadonlyMap<string, boolean>) => shownReactions(many, 'anna', known, none)[0]?.mine;
  expect([none, new Map([['👍', true]]), new Map([['👍', false]])].map(mine)).toEqual([false, true, false]);
  const few = { reactions: [{ emoji: '👍', count: 1, userIds: ['boris'] }] };
  expect(shownReactions(few, 'anna', new Map([['👍', true]]), none)[0]?.mine).toBe(false);
});

test('names me with the others', () => {
  const [thumbs, party] = shownReactions(
    { reactions: stored },
    'anna',
    none,
    new Map([
      ['👍', false],
      ['🎉', true],
    ]),
  );
  expect([thumbs?.userIds, party?.userIds]).toEqual([['boris'], ['boris', 'anna']]);
});
