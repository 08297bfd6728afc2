import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { chosen, makeStack } from '../support/stacks.ts';

/** The outputs of the stack and the pages that name them. */

const docs = join(import.meta.dirname, '../../docs');
const read = (page: string) => readFileSync(join(docs, page), 'utf8');
const outputs = Object.keys(Template.fromStack(makeStack(chosen({ push: true }))).toJSON().Outputs);

test('every output that a command looks up exists', () => {
  const text = readdirSync(docs)
    .filter((name) => name.endsWith('.md'))
    .map(read)
    .join('\n');
  const looked = Array.from(text.matchAll(/\$\(output (\w+)\)/g), ([, name]) => name);
  expect(looked.length).toBeGreaterThan(10);
  expect(outputs).toEqual(expect.arrayContaining(looked));
});

test.each(['deploy.md', 'deploy.ru.md'])('docs/%s explains every output', (page) => {
  const [, table = ''] = /^\| (?:output|выходной параметр) \|.*\n\|.*\n((?:\|.*\n)+)/m.exec(read(page)) ?? [];
  const explained = table.split('\n').flatMap((row) => row.split('|')[1]?.match(/\w+/g) ?? []);
  expect(explained.sort()).toEqual([...outputs].sort());
});
