import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, read } from './dart.ts';
import { declarationsIn } from './declarations.ts';

/** The addresses of an app are set as the specification says: by the same class, and by the same options of `flutter run`. */

const specification = readFileSync(join(import.meta.dirname, '../../e2e/specification/backend-api.ru.md'), 'utf8');
const code = read('flutter/lib/src/app_config.dart');
const matches = (text: string, pattern: RegExp) => Array.from(text.matchAll(pattern), ([, match = '']) => match);
const options = (text: string) => matches(text, /--dart-define=(\w+)=/g);

const [specified = ''] = matches(specification, /```dart\n(class AppConfig \{.*?\})\n```/gs);
const [command = ''] = matches(specification, /```bash\n(flutter run --dart-define.*?)\n```/gs);

test('AppConfig has the members of the specification, in a file of the same name', () => {
  const [file = ''] = matches(specification, /`lib\/[\w/]*\/(\w+\.dart)`/g);
  expect(file).toBe('app_config.dart');
  const members = [...(declarationsIn(parse(specified)).get('AppConfig')?.members.keys() ?? [])];
  expect(members).toEqual(['apiBaseUrl', 'wsBaseUrl', 'googleClientId']);
  const own = [...(declarationsIn(parse(code)).get('AppConfig')?.members.keys() ?? [])];
  expect(own).toEqual(expect.arrayContaining(members));
});

test('each member is a constant that the option of the specification sets', () => {
  const set = Array.from(
    code.matchAll(/static const (\w+) = String\.fromEnvironment\('(\w+)'/g),
    ([, name, option]) => ({
      name,
      option,
    }),
  );
  const inCapitals = (name = '') => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  expect(set.map(({ option }) => option)).toEqual(options(command));
  expect(set.map(({ name }) => inCapitals(name))).toEqual(options(command));
});

test('the guides and the stack’s output name the options of the specification', () => {
  const [run = ''] = matches(read('flutter.md'), /```\n(flutter run --dart-define.*?)\n```/gs);
  expect(options(run)).toEqual(options(command));
  expect(read('flutter.ru.md')).toContain(run);
  const stack = readFileSync(join(import.meta.dirname, '../../../infra/chat-stack.ts'), 'utf8');
  expect(options(stack)).toEqual(options(command));
});

test('without options, the app uses what `npm start` serves', () => {
  const defaults = matches(code, /defaultValue: '(.*?)'/g);
  expect(defaults).toEqual(['http://localhost:3000', 'ws://localhost:3000']);
  // Without an id of Google, linking an account fails with words that say so.
  expect(code).toContain("String.fromEnvironment('GOOGLE_CLIENT_ID');");
});
