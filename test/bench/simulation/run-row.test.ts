import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tables } from './rows.ts';

/** The model stands in for what the delivery imports, so a change of that shows here. */

const runRow = join(import.meta.dirname, 'run-row.ts');

async function simulateRow(name: string): Promise<Record<string, string>> {
  const t = tables.findIndex(({ rows }) => rows.some((row) => row.name === name));
  const table = tables[t];
  const n = table?.rows.findIndex((row) => row.name === name);
  const child = fork(runRow, [String(t), String(n)], { stdio: 'ignore' });
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`Ended without a result: ${code}`)));
  const [cells] = await Promise.race([once(child, 'message'), ended]);
  return Object.fromEntries(Object.keys(table?.columns ?? {}).map((column, c) => [column, cells[c]]));
}

test('a message to 1,000 inboxes reaches each of them once, by two invocations', async () => {
  const row = await simulateRow('1,000, 10,000/s, inboxes');
  expect(row).toMatchObject({ 'given up': '0.0%', twice: '0', invocations: '2', 'posts refused': '0' });
});

test('a message to 1,000 sockets of the chat reaches each of them once', async () => {
  const row = await simulateRow('1,000, 10,000/s');
  expect(row).toMatchObject({ 'given up': '0.0%', twice: '0', 'posts refused': '0' });
});

test('pushes are handled as they come at 100 messages a second', async () => {
  const row = await simulateRow('100 a second, pushed');
  expect(row).toMatchObject({ 'frames refused': '0.0%', 'reads throttled': '0' });
  expect(Number.parseInt(row['most waiting'] ?? '', 10)).toBeGreaterThan(0);
  expect(row['handled, p99']).toMatch(/^\d{3} ms$/);
});
