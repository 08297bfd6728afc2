import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { endpoints } from '#shared/contract/index.ts';
import { metricNames } from '#shared/contract/metrics.ts';
import { websocketRoutes } from '#shared/contract/websocket/index.ts';
import type { Json } from '../support/api-client.ts';
import { chosen, makeStack } from '../support/stacks.ts';

/** What docs/operate.md and its translation say of the code: the queries name what functions log, and the teardown what stays. */

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const page = read('docs/operate.md');
const inRussian = read('docs/operate.ru.md');
const source = globSync('{shared,functions}/**/*.ts', { cwd: root }).map(read).join('\n');

const found = (pattern: RegExp) => [...new Set(Array.from(page.matchAll(pattern), ([, text = '']) => text))];

describe('the queries of docs/operate.md', () => {
  test('search for messages that the functions log', () => {
    const messages = [...found(/message = "([^"]+)"/g), ...found(/\bmessage like \/(could[^/]+)\//g)];
    expect(messages.length).toBeGreaterThan(2);
    for (const message of messages) {
      // A queue's worker logs its name and "failed".
      const worker = `queueWorker<\\w+>\\(\\s*'${message.replace(/ failed$/, '')}'`;
      expect(source).toMatch(new RegExp(`'(\\w+ )*${message}'|${worker}`));
    }
  });

  test('filter by routes that exist', () => {
    const routes = [...endpoints.map(({ method, path }) => `${method} ${path}`), ...Object.keys(websocketRoutes)];
    expect(routes).toEqual(expect.arrayContaining(found(/route = "([^"]+)"/g)));
  });

  test('add up metrics that the functions count', () => {
    expect(metricNames).toEqual(expect.arrayContaining(found(/filter (\w+) > 0/g)));
  });
});

test('the sections of alarms have the same names in Russian, because the alarms name them', () => {
  const alarmsIn = (text: string) => text.match(/^### [a-z-]+$/gm) ?? [];
  expect(alarmsIn(page)).toContain('### rest-errors');
  expect(alarmsIn(inRussian)).toEqual(alarmsIn(page));
});

const english = {
  text: page,
  stays: 'stays',
  /** The name in the table of each type of resource that CloudFormation may keep. */
  names: {
    'AWS::DynamoDB::GlobalTable': 'the Chat table',
    'AWS::SecretsManager::Secret': "the operator's secret",
    'AWS::S3::Bucket': 'the bucket of files',
    'AWS::KMS::Key': 'the KMS key of the Google tokens',
  } as Record<string, string>,
};
const russian: typeof english = {
  text: inRussian,
  stays: 'остаётся',
  names: {
    'AWS::DynamoDB::GlobalTable': 'таблица Chat',
    'AWS::SecretsManager::Secret': 'секрет оператора',
    'AWS::S3::Bucket': 'бакет с файлами',
    'AWS::KMS::Key': 'ключ KMS токенов Google',
  },
};

describe.each([
  ['docs/operate.md', english],
  ['docs/operate.ru.md', russian],
])('what remains after a stack, in %s,', (_, { text, stays, names }) => {
  const [, table = ''] = /^\| (?:what|что) \| (?:with|с) `keepData`.*\n\|.*\n((?:\|.*\n)+)/m.exec(text) ?? [];
  const rows = table
    .trim()
    .split('\n')
    .map((row) =>
      row
        .split('|')
        .slice(1, 4)
        .map((cell) => cell.trim()),
    );
  const keptBy = (settings: object) =>
    Object.values<Json>(Template.fromStack(makeStack(chosen(settings))).toJSON().Resources)
      .filter(({ DeletionPolicy = 'Delete' }) => DeletionPolicy !== 'Delete')
      .map(({ Type }) => names[Type] ?? Type);

  test.each([
    [1, {}],
    [2, { keepData: false }],
  ])('is what CloudFormation keeps: column %s', (column, settings) => {
    const said = Object.values(names).filter((name) =>
      rows.some((cells) => cells[0]?.startsWith(name) && cells[column]?.startsWith(stays)),
    );
    expect(keptBy(settings).sort()).toEqual(said.sort());
  });
});
