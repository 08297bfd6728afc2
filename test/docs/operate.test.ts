import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { endpoints } from '#shared/contract/index.ts';
import { metricNames } from '#shared/contract/metrics.ts';
import { websocketRoutes } from '#shared/contract/websocket/index.ts';

/** The queries that an operator pastes name what the functions really log. */

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const page = read('docs/operate.md');
const source = globSync('{shared,functions}/**/*.ts', { cwd: root }).map(read).join('\n');

const found = (pattern: RegExp) => [...new Set(Array.from(page.matchAll(pattern), ([, text = '']) => text))];

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
