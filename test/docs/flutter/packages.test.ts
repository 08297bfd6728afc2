import { dirname } from 'node:path/posix';
import { expect, test } from 'vitest';
import { filesOf, read } from './dart.ts';
import { published } from './published.ts';

/** The packages of docs/flutter depend on what they import, in versions whose source the names were checked against. */

const matches = (text: string, pattern: RegExp) => Array.from(text.matchAll(pattern), ([, match = '']) => match);

interface Pubspec {
  file: string;
  text: string;
  own: string[];
  dependencies: [name: string, version: string][];
}

const pubspecs: Pubspec[] = filesOf('pubspec.yaml').map((file) => ({
  file,
  text: read(file),
  own: [...matches(read(file), /^name: (\w+)/gm), ...matches(read(file), /^ {2}(\w+):\n {4}(?:path|sdk): /gm)],
  dependencies: Array.from(read(file).matchAll(/^ {2}(?!sdk)(\w+): \^([\d.]+)$/gm), ([, name = '', version = '']) => [
    name,
    version,
  ]),
}));

const numbers = (version: string) => version.split('.').map(Number);

/** Whether `^minimum` allows a version, as pub reads it from 1.0.0 on. */
function allows(minimum: string, version: string): boolean {
  const [major = 0, ...atLeast] = numbers(minimum);
  const [sameMajor, ...rest] = numbers(version);
  const difference = atLeast.map((number, index) => (rest[index] ?? 0) - number).find((number) => number !== 0) ?? 0;
  return major > 0 && major === sameMajor && difference >= 0;
}

test.each([
  ['2.9.0', '2.9.0', true],
  ['2.9.0', '2.11.1', true],
  ['2.9.1', '2.9.0', false],
  ['2.9.0', '3.0.0', false],
])('^%s allows %s: %s', (minimum, version, isAllowed) => {
  expect(allows(minimum, version)).toBe(isAllowed);
});

test.each(pubspecs)('$file allows the versions whose source was read', ({ file, dependencies }) => {
  expect(dependencies.length, file).toBeGreaterThan(0);
  for (const [name, minimum] of dependencies)
    expect(allows(minimum, published[name]?.version ?? ''), `${name}: ^${minimum}`).toBe(true);
});

const minimum = (text: string, what: string) =>
  matches(text, new RegExp(`^ {2}${what}: "?(?:\\^|>=)([\\d.]+)"?$`, 'gm'))[0] ?? '0.0.0';

test.each(pubspecs)('$file needs a Flutter with which pub finds these versions', ({ text, dependencies }) => {
  for (const [name] of dependencies) {
    const needed = published[name]?.flutter;
    if (needed) expect(allows(needed, minimum(text, 'flutter')), `${name} needs ${needed}`).toBe(true);
  }
});

test.each(pubspecs)('$file depends on what is imported, and on nothing else', ({ file, own, dependencies }) => {
  const folder = dirname(file);
  const code = filesOf('.dart').filter((one) =>
    pubspecs.every((other) => isIn(one, folder) && !isNearer(one, folder, other)),
  );
  const imported = new Set(code.flatMap((one) => matches(read(one), /^(?:import|export) 'package:(\w+)\//gm)));
  for (const name of own) imported.delete(name);
  const needed = [...imported, 'flutter_lints'].sort();
  expect(dependencies.map(([name]) => name).sort()).toEqual(needed);
});

const isIn = (file: string, folder: string) => file.startsWith(`${folder}/`);

/** A package in a folder of another package has a pubspec.yaml of its own. */
const isNearer = (file: string, folder: string, other: Pubspec) =>
  isIn(dirname(other.file), folder) && isIn(file, dirname(other.file));

test('no name is listed that the code does not use', () => {
  const code = filesOf('.dart').map(read).join('\n');
  for (const [library, { uses } = { uses: {} }] of Object.entries(published))
    for (const [name, members] of Object.entries<string>(uses))
      for (const word of [name.replace('#', ''), ...matches(members, /(\w+)/g)])
        expect(code, `${library}: ${name} ${word}`).toMatch(new RegExp(`\\b${word}\\b`));
});

test('each source is at a commit', () => {
  for (const { source } of Object.values(published).filter((one) => one !== undefined))
    if (!source.startsWith('https://api.'))
      expect(source).toMatch(/^https:\/\/github\.com\/.*\/tree\/[0-9a-f]{40}(\/|$)/);
});

test('the example needs the Dart and the Flutter of the packages that it uses', () => {
  const needs = (folder: string, what: string) => minimum(read(`flutter/${folder}pubspec.yaml`), what);
  for (const folder of ['', 'files/', 'flutter_chat/'])
    for (const what of ['sdk', 'flutter'])
      expect(allows(needs(folder, what), needs('example/', what)), folder).toBe(true);
});
