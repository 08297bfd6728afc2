import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settings } from '../../infra/config.ts';

/** The tables of docs/develop.md: what the local runner reproduces of AWS, and what each setting does in it. */

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/develop.md'), 'utf8');
const [, section = ''] = page.split(/^## What the local runner.*$/m);
const [table = ''] = section.split(/^## /m);
const rows = [...table.matchAll(/^\| (?!\*\*|behaviour)(.+) \| (.+) \| (.+) \|$/gm)].map(
  ([, behaviour = '', source = '', tests = '']) => ({ behaviour, source, tests: tests.split(', ') }),
);

test('has a row for each of at least 25 behaviours', () => {
  expect(rows.length).toBeGreaterThan(25);
  // No row escapes the check because it is written differently.
  expect(rows).toHaveLength(table.match(/^\| (?!\*\*|behaviour)/gm)?.length ?? 0);
});

test.each(rows)('has a source and existing tests for: $behaviour', ({ source, tests }) => {
  expect(source).toMatch(/\]\(https?:\/\//);
  for (const file of tests) {
    expect(file).toMatch(/^`test\/.+\.test\.ts`$/);
    expect(existsSync(join(root, file.replaceAll('`', ''))), file).toBe(true);
  }
});

test('says what each setting does on a laptop', () => {
  const [, onLaptop = ''] = page.split(/^## The stage dev on the laptop$/m);
  const named = Array.from(onLaptop.split(/^## /m)[0]?.matchAll(/`(\w+)`/g) ?? [], ([, name]) => name);
  expect(named).toEqual(expect.arrayContaining(Object.keys(settings.shape)));
});
