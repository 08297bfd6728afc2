import { fork } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { secondsSince } from '../../infra/local/console/progress.ts';
import { mutants } from './list/index.ts';
import { fortiethOf, type Mutant, parseTest } from './mutant.ts';
import type { Job, Report } from './worker.ts';

/** `npm run mutants`: applies small faults to copies of the code and checks that the named tests fail. See docs/develop.md. */

const root = join(import.meta.dirname, '../..');
const { values, positionals } = parseArgs({ options: { fortieth: { type: 'string' } }, allowPositionals: true });

const selected = mutants.filter(
  (mutant) =>
    positionals.every((word) => JSON.stringify(mutant).includes(word)) &&
    (values.fortieth === undefined || fortiethOf(mutant.name) === fortiethOf(values.fortieth)),
);

/** The tests of the mutants must pass first: one job for each file. */
function cleanJobs(): Job[] {
  const byFile = Map.groupBy(selected, ({ killedBy }) => parseTest(killedBy).file);
  const runs = Array.from(byFile, ([file, killed]) => ({
    file,
    titles: [...new Set(killed.map(({ killedBy }) => parseTest(killedBy).title))],
    wholeFile: killed.some(({ wholeFile }) => wholeFile),
  }));
  // The longest first, so that no worker waits for the other at the end.
  return runs.toSorted((a, b) => Number(b.wholeFile) - Number(a.wholeFile)).map((clean) => ({ clean }));
}

const nameOf = (job: Job) => ('clean' in job ? `${job.clean.file} without a mutant` : job.mutant.name);
const detailsOf = ({ file, find, replace, killedBy }: Mutant) =>
  `  ${file}\n  - ${find}\n  + ${replace}\n  should be killed by ${killedBy}`;

const skipped = new Set(['node_modules', '.git', '.local', 'cdk.out']);

/** A copy of the repository that shares its packages. */
function copyTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  cpSync(root, folder, { recursive: true, filter: (path) => !skipped.has(path.slice(root.length + 1)) });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

const jobs: Job[] = [...cleanJobs(), ...selected.map((mutant) => ({ mutant }))];
const start = performance.now();
const troubles: string[] = [];
let done = 0;

/** Has a process of its own take jobs until none is left. */
async function work(queue: Iterator<Job>): Promise<void> {
  const folder = copyTree();
  const child = fork(join(folder, 'test/mutants/worker.ts'), {
    cwd: folder,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let job: Job | undefined;
  let since = 0;
  const next = () => {
    job = queue.next().value;
    since = performance.now();
    child.send(job ?? 'end');
  };
  child.on('message', ({ trouble }: Report) => {
    if (job) {
      done++;
      const outcome = trouble ?? ('clean' in job ? 'passes' : 'killed');
      console.log(`[${done}/${jobs.length}] ${outcome}: ${nameOf(job)} (${secondsSince(since)})`);
      if (trouble) troubles.push(`${trouble}: ${nameOf(job)}${'mutant' in job ? `\n${detailsOf(job.mutant)}` : ''}`);
    }
    next();
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  rmSync(folder, { recursive: true, force: true });
  if (code !== 0) troubles.push(`A worker ended with ${code} at: ${job ? nameOf(job) : 'its start or end'}`);
}

console.log(`Checks ${selected.length} of ${mutants.length} mutants.`);
const queue = jobs.values();
await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, () => work(queue)));

for (const trouble of troubles) console.log(`\n${trouble}`);
const left = jobs.length - done;
if (left > 0) console.log(`${left} jobs were not run.`);
console.log(`\n${selected.length} mutants, ${troubles.length} troubles, in ${secondsSince(start)}.`);
process.exit(troubles.length > 0 || left > 0 ? 1 : 0);
