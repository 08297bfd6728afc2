import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import type { ComingBack } from './simulation/coming-back.ts';
import { tables } from './simulation/rows.ts';
import type { Scenario } from './simulation/scenarios.ts';

/**
 * `npm run bench:simulation [-- seed]`: the delivery's own code in virtual time, above a model of AWS and its
 * quotas. See docs/scale.md.
 */

const seed = Number(process.argv[2] ?? 1);
const program = new URL('simulation/run-row.ts', import.meta.url).pathname;
/** Garbage collection is most of the work: each process has a core for itself. Sizes are in megabytes. */
const execArgv = ['--single-threaded-gc', '--min-semi-space-size=128', '--max-semi-space-size=128'];

const rows = tables.flatMap((table, t) => table.rows.map((row, n) => ({ ...row, t, n, cells: [] as string[] })));
// The longest first, so that none of them is left alone in the end.
const queue = rows.toSorted((a, b) => lengthOf(b) - lengthOf(a)).values();
const startedAt = performance.now();
const seconds = (from: number) => `${((performance.now() - from) / 1000).toFixed(0)} s`;

const worker = async () => {
  for (const row of queue) {
    const begunAt = performance.now();
    row.cells = await simulateInChild(row.t, row.n);
    console.error(`${row.name}: done, ${seconds(begunAt)}`);
  }
};
await Promise.all(Array.from({ length: availableParallelism() }, worker));
console.log(`Seed ${seed}, ${seconds(startedAt)}`);
for (const [t, { title, columns }] of tables.entries()) {
  const lines = rows.filter((row) => row.t === t).map(({ name, cells }) => [name, ...cells]);
  console.log(`\n${title}\n`);
  print([['', ...Object.keys(columns)], ...lines]);
}

function lengthOf(row: Scenario | ComingBack): number {
  if ('users' in row) return row.users;
  const { room = 0, messages = 1, load = 0, each = 10, seconds = 30, parts = 1 } = row;
  return (room * messages) / parts + load * each * seconds;
}

async function simulateInChild(table: number, row: number): Promise<string[]> {
  const child = fork(program, [table, row, seed].map(String), { execArgv });
  const ended = once(child, 'exit').then(() => {
    throw new Error('A simulation ended without a result');
  });
  const [cells] = await Promise.race([once(child, 'message'), ended]);
  return cells;
}

function print(lines: string[][]): void {
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  for (const [name = '', ...cells] of lines) {
    const right = cells.map((cell, n) => cell.padStart(widths[n + 1] ?? 0));
    console.log([name.padEnd(widths[0] ?? 0), ...right].join('  '));
  }
}
