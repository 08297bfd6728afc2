import { fork } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secondsSince } from '../../infra/local/console/progress.ts';
import { mutate } from '../mutants/mutant.ts';
import { type HistoryMutant, historyMutants } from './history-mutants/list.ts';
import { pushMutants } from './history-mutants/push-list.ts';

/**
 * `npm run bench:history-mutants [-- words]`: puts one fault after the other into a copy of the code, and plays fault
 * histories until one of them finds it, 500 at most.
 */

const root = join(import.meta.dirname, '../..');
const maxHistories = 500;
const skipped = new Set(['node_modules', '.git', '.local', 'cdk.out']);

/** A copy of the repository with the fault, which shares its packages. */
function copyWith({ changes }: HistoryMutant): string {
  const folder = mkdtempSync(join(tmpdir(), 'history-mutants-'));
  cpSync(root, folder, { recursive: true, filter: (path) => !skipped.has(path.slice(root.length + 1)) });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const change of changes) {
    const path = join(folder, change.file);
    writeFileSync(path, mutate({ ...change, name: '', killedBy: '' }, readFileSync(path, 'utf8')));
  }
  return folder;
}

/** Returns after how many histories the fault is found; undefined if none finds it. */
async function play(bench: string, mutant: HistoryMutant): Promise<number | undefined> {
  const folder = copyWith(mutant);
  const args = [String(maxHistories), `--until=${mutant.shownBy}`];
  const child = fork(join(folder, 'test/bench', bench), args, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let found: number | undefined;
  child.on('message', (message) => {
    found ??= Number(message);
  });
  await new Promise((resolve) => child.once('exit', resolve));
  rmSync(folder, { recursive: true, force: true });
  return found;
}

const words = process.argv.slice(2);
const all = [
  ...historyMutants.map((mutant) => ({ bench: 'histories.ts', mutant })),
  ...pushMutants.map((mutant) => ({ bench: 'push-histories.ts', mutant })),
];
const selected = all.filter((each) => words.every((word) => JSON.stringify(each).includes(word)));
let survived = 0;
for (const { bench, mutant } of selected) {
  const since = performance.now();
  const result = await play(bench, mutant);
  if (result === undefined) survived++;
  const outcome = result === undefined ? 'NOT FOUND' : `found after ${result} histories by ${mutant.shownBy}`;
  console.log(`${outcome}: ${mutant.name}\n  guarantee: ${mutant.guarantee} (${secondsSince(since)})`);
}
console.log(
  `${selected.length - survived} of ${selected.length} faults were found in ${maxHistories} histories at most.`,
);
process.exit(survived > 0 ? 1 : 0);
