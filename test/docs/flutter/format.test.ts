import { join } from 'node:path';
import { format } from '@wasm-fmt/dart_fmt';
import { expect, test } from 'vitest';
import { docs, filesOf, pieces, read } from './dart.ts';

/**
 * The Dart code looks as `dart format` leaves it, which also reads every file with the parser of the Dart SDK.
 * `npm test -- test/docs/flutter/format.test.ts -u` formats the files.
 */

const setting = (file: string, pattern: RegExp) => pattern.exec(read(file))?.[1] ?? '';

/** The language version and the page width of each package. A package inside another one comes first. */
const packages = filesOf('pubspec.yaml')
  .map((file) => file.replace('pubspec.yaml', ''))
  .sort((one, other) => other.length - one.length)
  .map((folder) => ({
    folder,
    language_version: `${setting(`${folder}pubspec.yaml`, /^ {2}sdk: \^(\d+\.\d+)\./m)}.0`,
    line_width: Number(setting(`${folder}analysis_options.yaml`, /^ {2}page_width: (\d+)$/m)),
  }));

function formatted(file: string, code: string): string {
  const found = packages.find(({ folder }) => file.startsWith(folder)) ?? packages.at(-1);
  return format(code, file, found && { language_version: found.language_version, line_width: found.line_width });
}

/** Where two texts begin to differ, as "line 7: text". */
function firstDifference(code: string, wanted: string): string {
  const lines = wanted.split('\n');
  const at = code.split('\n').findIndex((line, n) => line !== lines[n]);
  return `line ${at + 1}: ${code.split('\n')[at]}`;
}

const files = filesOf('.dart');

test.each(files)('%s is formatted', async (file) => {
  const code = read(file);
  const wanted = formatted(file, code);
  await expect(wanted, firstDifference(code, wanted)).toMatchFileSnapshot(join(docs, file));
});

/** What stands around a piece of a guide: nothing, a class, a function, or the left side of an assignment. */
const places = [
  ['', ''],
  ['class Place {\n', '}'],
  ['Future<void> place() async {\n', '}'],
  ['final place = ', ';'],
] as const;

const imports = /^import .*;\n+/gm;

/** Removes the indent that all lines have. */
function withoutIndent(code: string): string {
  const [indent = ''] = (code.match(/^ *(?=\S)/gm) ?? []).sort((one, other) => one.length - other.length);
  return code.replace(new RegExp(`^${indent}`, 'gm'), '').trim();
}

/** A piece in each place where it can stand, and what `dart format` makes of it there. */
const inPlaces = (file: string, code: string) =>
  places.flatMap(([before, after]) => {
    const piece = withoutIndent(before ? code.replace(imports, '') : code);
    try {
      const text = formatted(file, before + piece + after).trimEnd();
      return [{ piece, wanted: withoutIndent(text.slice(before.length, text.length - after.length)) }];
    } catch {
      return [];
    }
  });

const indents = [0, 2, 4, 6, 8, 10, 12];

/** Whether a formatted file has this code, with the indent of its place there. */
const isTaken = (code: string) =>
  indents.some((indent) => {
    const indented = code.replace(/^(?=.)/gm, ' '.repeat(indent));
    return files.some((file) => read(file).includes(indented));
  });

test.each(pieces)('$file is formatted in the piece that begins with $begins', ({ file, code }) => {
  if (isTaken(code)) return;
  const found = inPlaces(file, code);
  // A piece that fits no place is not Dart, and has nothing to compare with.
  const { piece, wanted } = found.find((one) => one.piece === one.wanted) ?? found[0] ?? { piece: code };
  expect(piece).toBe(wanted);
});
