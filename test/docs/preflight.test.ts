import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checks } from '../../infra/preflight/checks/index.ts';

/** "Preflight" in docs/deploy.md: its table of the lines, and its policy. */

const page = readFileSync(join(import.meta.dirname, '../../docs/deploy.md'), 'utf8');
const [section = ''] = page.split('\n## Preflight\n')[1]?.split('\n## ') ?? [];

test('the table explains every line, in their order, with the codes of its findings', () => {
  const [, table = ''] = /^\| line \|.*\n\|.*\n((?:\|.*\n)+)/m.exec(section) ?? [];
  const rows = table
    .trimEnd()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()));
  const explained = rows.map(([, title, , codes = '']) => ({ title, codes: codes.match(/\w+/g) }));
  expect(explained).toEqual(checks.map(({ title, codes }) => ({ title, codes })));
});

test('the policy allows what the checks need, and nothing else', () => {
  const [, json = ''] = /```json\n(.*?)```/s.exec(section) ?? [];
  const { Statement } = JSON.parse(json) as { Statement: { Effect: string; Action: string | string[] }[] };
  expect(Statement.map(({ Effect }) => Effect)).toEqual(Statement.map(() => 'Allow'));
  const allowed = Statement.flatMap(({ Action }) => Action);
  expect(allowed.sort()).toEqual([...new Set(checks.flatMap(({ actions }) => actions))].sort());
});

test('nothing that the policy allows changes anything', () => {
  for (const action of checks.flatMap(({ actions }) => actions))
    expect(action).toMatch(/:(Get|List|Describe)[A-Z]\w+$|^apigateway:GET$/);
});
