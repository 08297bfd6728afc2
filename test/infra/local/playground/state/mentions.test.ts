import { expect, test } from 'vitest';
import { everyone, findMentions, mentionsIn } from '../../../../../infra/local/playground/state/mentions.ts';

const marked = (text: string, ...names: string[]) =>
  findMentions(text, names).map(({ start, end }) => text.slice(start, end));

test('finds names after an @, each as often as it is there', () => {
  expect(marked('@Anna and @Boris, not Anna: @Anna', 'Anna', 'Boris')).toEqual(['@Anna', '@Boris', '@Anna']);
});

test.each([
  ['another name that begins with it', '@Annabel', ['Anna']],
  ['an email', 'me@Anna.example', ['Anna']],
  ['a name that nobody has', '@Vera', ['Anna']],
  ['no name at all', '@ everybody', ['']],
])('%s is no mention', (_what, text, names) => {
  expect(marked(text, ...names)).toEqual([]);
});

test('the longest name counts, whatever the order', () => {
  expect(marked('@Anna Berg', 'Anna', 'Anna Berg')).toEqual(['@Anna Berg']);
  expect(marked('@Anna Berg', 'Anna Berg', 'Anna')).toEqual(['@Anna Berg']);
});

test('names in any language may be followed by punctuation', () => {
  expect(marked('@Оля! (@Zoë) @все.', 'Оля', 'Zoë', 'все')).toEqual(['@Оля', '@Zoë', '@все']);
});

test('those count who were chosen and whose names are still in the text', () => {
  const chosen = [
    { id: 'a', name: 'Anna' },
    { id: 'b', name: 'Boris' },
    { id: 'a', name: 'Anna' },
  ];
  expect(mentionsIn('@Anna, look', chosen)).toEqual({ mentions: ['a'] });
  expect(mentionsIn('Look', chosen)).toEqual({});
  expect(mentionsIn('@Vera', chosen)).toEqual({});
});

test('everyone is said apart from the ids', () => {
  const chosen = [
    { id: everyone, name: 'everyone' },
    { id: 'a', name: 'Anna' },
  ];
  expect(mentionsIn('@everyone: @Anna has come', chosen)).toEqual({ mentions: ['a'], everyone: true });
  expect(mentionsIn('@everyone', chosen)).toEqual({ everyone: true });
});

test('at most as many are mentioned as the server takes', () => {
  const chosen = Array.from({ length: 25 }, (_, n) => ({ id: `u${n}`, name: `Guest ${n}` }));
  const text = chosen.map(({ name }) => `@${name}`).join(' ');
  expect(mentionsIn(text, chosen).mentions).toEqual(chosen.slice(0, 20).map(({ id }) => id));
});
