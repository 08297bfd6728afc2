import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { tables } from './simulation/rows.ts';

/**
 * `npm run bench:simulation [-- seed largest]`: the delivery's own code in virtual time, above a model of AWS and its
 * quotas. See docs/scale.md. A room of a million takes half an hour and gigabytes, so it is left out unless it is named.
 */

const [seed = 1, largest = 100_000] = process.argv.slice(2).map(Number);
const program = new URL('simulation/run-row.ts', import.meta.url).pathname;
/** Garbage collection is most of the work: each process has a core for itself. Sizes are in megabytes. */
const execArgv = [
  '--single-threaded-gc',
  '--min-semi-space-size=128',
  '--max-semi-space-size=128',
  '--max-old-space-size=12288',
];

const rows = tables.flatMap((table, t) => table.rows.map((row, n) => ({ ...row, t, n, cells: [] as string[] })));
const chosen = rows.filter(({ room = 0 }) => room <= largest);
// The longest first, so that none of them is left alone in the end.
const queue = chosen.toSorted((a, b) => lengthOf(b) - lengthOf(a)).values();
const startedAt = performance.now();
const seconds = (from: number) => `${((performance.now() - from) / 1000).toFixed(0)} s`;

const lane = async () => {
  for (const row of queue) {
    const begunAt = performance.now();
    row.cells = await simulateInChild(row.t, row.n);
    console.error(`${row.name}: done, ${seconds(begunAt)}`);
  }
};
await Promise.all(Array.from({ length: availableParallelism() }, lane));
console.log(`Seed ${seed}, ${seconds(startedAt)}`);
for (const [t, { title, columns }] of tables.entries()) {
  const lines = chosen.filter((row) => row.t === t).map(({ name, cells }) => [name, ...cells]);
  console.log(`\n${title}\n`);
  print([['', ...Object.keys(columns)], ...lines]);
}

function lengthOf({ room = 0, load = 0 }: { room?: number; load?: number }): number {
  return room + 20 * load;
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
