import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { endpoints } from '#shared/contract/index.ts';
import { metricNames } from '#shared/contract/metrics.ts';
import { websocketRoutes } from '#shared/contract/websocket/index.ts';

/** The commands that an operator pastes: each parses, and the queries name what the functions really log. */

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const page = read('docs/operate.md');
const source = globSync('{shared,functions}/**/*.ts', { cwd: root }).map(read).join('\n');

const found = (pattern: RegExp) => [...new Set(Array.from(page.matchAll(pattern), ([, text = '']) => text))];

test.each(['docs/operate.md', 'docs/deploy.md'])('every command of %s parses', (file) => {
  const blocks = Array.from(read(file).matchAll(/^( *)```sh\n(.*?)^\1```$/gms), ([, , block = '']) => block);
  expect(blocks.length).toBeGreaterThan(5);
  for (const block of blocks) expect(spawnSync('bash', ['-n'], { input: block, encoding: 'utf8' }).stderr).toBe('');
});

describe('the queries of docs/operate.md', () => {
  test('search for messages that the functions log', () => {
    const messages = [...found(/message = "([^"]+)"/g), ...found(/\bmessage like \/(could[^/]+)\//g)];
    expect(messages.length).toBeGreaterThan(2);
    for (const message of messages) expect(source).toMatch(new RegExp(`'(\\w+ )*${message}'`));
  });

  test('filter by routes that exist', () => {
    const routes = [...endpoints.map(({ method, path }) => `${method} ${path}`), ...Object.keys(websocketRoutes)];
    expect(routes).toEqual(expect.arrayContaining(found(/route = "([^"]+)"/g)));
  });

  test('add up metrics that the functions count', () => {
    expect(metricNames).toEqual(expect.arrayContaining(found(/filter (\w+) > 0/g)));
  });
});
