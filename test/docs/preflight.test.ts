import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checks } from '../../infra/preflight/checks/index.ts';

/** "Preflight" in docs/deploy.md and its translation: the table of the lines, and the policy. */

function sectionOf(page: string): string {
  const text = readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8');
  return text.split('\n## Preflight\n')[1]?.split('\n## ')[0] ?? '';
}
const pages = ['deploy.md', 'deploy.ru.md'];

test.each(pages)('the table in %s explains every line, in their order, with the codes of its findings', (page) => {
  const [, table = ''] = /^\| (?:line|строка) \|.*\n\|.*\n((?:\|.*\n)+)/m.exec(sectionOf(page)) ?? [];
  const rows = table
    .trimEnd()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()));
  const explained = rows.map(([, title, , codes = '']) => ({ title, codes: codes.match(/\w+/g) }));
  expect(explained).toEqual(checks.map(({ title, codes }) => ({ title, codes })));
});

test.each(pages)('the policy in %s allows what the checks need, and nothing else', (page) => {
  const [, json = ''] = /```json\n(.*?)```/s.exec(sectionOf(page)) ?? [];
  const { Statement } = JSON.parse(json) as { Statement: { Effect: string; Action: string | string[] }[] };
  expect(Statement.map(({ Effect }) => Effect)).toEqual(Statement.map(() => 'Allow'));
  const allowed = Statement.flatMap(({ Action }) => Action);
  expect(allowed.sort()).toEqual([...new Set(checks.flatMap(({ actions }) => actions))].sort());
});

test('nothing that the policy allows changes anything', () => {
  for (const action of checks.flatMap(({ actions }) => actions))
    expect(action).toMatch(/:(Get|List|Describe)[A-Z]\w+$|^apigateway:GET$/);
});
