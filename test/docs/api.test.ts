import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from '#shared/texts/en.ts';
import { ru } from '#shared/texts/ru.ts';

/** What docs/api.md quotes. `npm run check:clients` checks the clients that it describes. */

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Those of docs/api.md, by generator. */
const commands = Array.from(
  read('docs/api.md')
    .replaceAll('\\\n', '')
    .matchAll(/openapi-generator-cli generate -g (\S+)(?:.*--additional-properties=(\S+))?/g),
  ([, generator = '', options = '']) => ({ generator, options: options.split(',').filter(Boolean) }),
);

/** Those of test/clients/jvm/pom.xml, by generator. Names of packages are the reader's choice. */
const executions = Array.from(
  read('test/clients/jvm/pom.xml').matchAll(/<generatorName>(.*)<\/generatorName>([\s\S]*?)<\/execution>/g),
  ([, generator = '', rest = '']) => {
    const [, options = ''] = /<configOptions>([\s\S]*)<\/configOptions>/.exec(rest) ?? [];
    return {
      generator,
      options: Array.from(options.matchAll(/<(\w+)>(.*)<\//g), ([, key, value]) => `${key}=${value}`),
    };
  },
);
const needed = (options: string[]) => options.filter((option) => !/^(\w+Package|packageName|pubName)=/.test(option));

test.each(commands)('the command for $generator has the options that are checked', ({ generator, options }) => {
  const execution = executions.find((one) => one.generator === generator);
  expect(needed(options)).toEqual(needed(execution?.options ?? ['none']));
});

test.each([
  { page: 'docs/api.md', texts: en, quoted: (text: string) => `"${text}"` },
  { page: 'docs/api.ru.md', texts: ru, quoted: (text: string) => `«${text}»` },
])('$page quotes what the server says', ({ page, texts, quoted }) => {
  const { assistant, operator, deletedUser, messageDeleted, unknownDevice, placeholders } = texts;
  for (const text of [assistant, operator, deletedUser, messageDeleted, unknownDevice, ...Object.values(placeholders)])
    expect(read(page)).toContain(quoted(text));
});

test('has a command for each language', () => {
  expect(commands.map(({ generator }) => generator)).toEqual(['kotlin', 'java', 'swift6', 'dart-dio']);
  const { devDependencies } = JSON.parse(read('test/clients/typescript/package.json'));
  expect(devDependencies).toHaveProperty('openapi-typescript');
  expect(read('docs/api.md')).toContain('npx openapi-typescript ');
});
