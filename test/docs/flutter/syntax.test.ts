import { expect, test } from 'vitest';
import { filesOf, parse, pieces, read, syntaxErrors } from './dart.ts';

/** Every line of Dart in docs/ is a program that a compiler can read. */

test.each(filesOf('.dart'))('%s has no syntax error', (file) => {
  expect(syntaxErrors(parse(read(file)))).toEqual([]);
});

const imports = /^import .*;$/gm;

/** A piece of a guide stands at the top of a file, in a class, in a function, in a list or in an argument list. */
const places = [
  (code: string) => code,
  (code: string) => `class Place {\n${code}\n}`,
  (code: string) => `Future<void> place() async {\n${code.replace(imports, '')}\n}`,
  (code: string) => `final place = [\n${code}\n];`,
  (code: string) => `final place = call(\n${code}\n);`,
];

test.each(pieces)('$file has no syntax error in the piece that begins with $begins', ({ code }) => {
  const attempts = places.map((place) => syntaxErrors(parse(place(code))));
  const fewest = attempts.reduce((best, errors) => (errors.length < best.length ? errors : best));
  expect(fewest).toEqual([]);
});

test('the grammar knows the Dart that the package is written in', () => {
  expect(
    syntaxErrors(
      parse(`
        library;
        sealed class Shape {}
        final class Square extends Shape { Square(this.side); final double side; }
        extension type Id(String value) implements String { bool get ok => value.isNotEmpty; }
        (int, {String name}) pair() => (1, name: 'x');
        double area(Shape shape) => switch (shape) { Square(:final side) when side > 0 => side * side, _ => 0 };
        void bind(Object it, String? name) {
          final (number, name: text) = pair();
          if (it case {'x': int x} when x > 3) print([?name, if (number > 1) text else x]);
        }`),
    ),
  ).toEqual([]);
});

test.each([
  ['a bracket that is not closed', 'class A { void b( { } }'],
  ['a missing value', 'final a = ;'],
  ['a missing semicolon', 'void a() { b() c(); }'],
  ['a name that is left over', 'class A { final int b c; }'],
])('%s is found', (_, code) => {
  expect(syntaxErrors(parse(code))).not.toEqual([]);
});
