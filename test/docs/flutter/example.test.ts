import { expect, test } from 'vitest';
import { messageMetadata } from '#shared/contract/chats/message.ts';
import { filesOf, read } from './dart.ts';

/** The example app speaks English and Russian, and follows the events of the contract. */

const files = filesOf('.dart').filter((file) => file.startsWith('flutter/example/lib/'));
const withoutComments = (file: string) => read(file).replace(/\/\/.*/g, '');

test('everything that the app says has words in both languages', () => {
  const pairs = files.flatMap((file) =>
    Array.from(
      withoutComments(file).matchAll(/\bwords\(\s*'([^']*)',\s*'([^']*)',?\s*\)/g),
      ([, english = '', russian = '']) => ({
        english,
        russian,
      }),
    ),
  );
  const calls = files.flatMap((file) => withoutComments(file).match(/(?<!String )\bwords\(/g) ?? []);
  expect(pairs.length).toBe(calls.length);
  expect(pairs.length).toBeGreaterThan(60);
  for (const { english, russian } of pairs) {
    expect(english).not.toMatch(/[а-яё]/i);
    expect(russian, english).toMatch(/[а-яё]/i);
    expect(russian.match(/\$\w+/g)?.sort(), english).toEqual(english.match(/\$\w+/g)?.sort());
  }
});

test('the same English words are the same in Russian', () => {
  const known = new Map<string, string>();
  for (const file of files)
    for (const [, english = '', russian = ''] of withoutComments(file).matchAll(/\bwords\(\s*'([^']*)',\s*'([^']*)'/g))
      expect(known.set(english, known.get(english) ?? russian).get(english), english).toBe(russian);
});

test.each(files)('%s shows no words of one language alone', (file) => {
  const alone = withoutComments(file)
    .replace(/\bwords\(\s*'[^']*',\s*'[^']*',?\s*\)/g, '')
    .matchAll(/(?:\bText\(|\bshow\(|tooltip: |labelText: |hintText: |\btitle: )'([^']*)'/g);
  expect(
    Array.from(alone, ([, shown = '']) => shown.replace(/\$\{[^}]*\}|\$\w+/g, '')).filter((shown) =>
      /[a-z]{2}/i.test(shown),
    ),
  ).toEqual([]);
});

test('a room reloads its members after each event that changes them, their roles or the rules', () => {
  const room = read('flutter/example/lib/room.dart');
  const eventsOf = (name: string) => new RegExp(`${name} = \\[(.*?)\\];`).exec(room)?.[1]?.match(/\w+/g);
  expect(eventsOf('_lockEvents')).toEqual(['locked', 'unlocked']);
  const others = ['created', 'renamed', 'picture_changed', 'meeting', 'announced', 'locked', 'unlocked'];
  const events = messageMetadata.shape.event._zod.def.innerType.options;
  expect(eventsOf('_memberEvents')?.sort()).toEqual(events.filter((event) => !others.includes(event)).sort());
});
