import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { synthesize } from '../../infra/local/aws/cloudformation/synth.ts';
import { startDatabase } from '../../infra/local/aws/dynamodb/dynamodb-local.ts';
import { createTables } from '../../infra/local/aws/dynamodb/tables.ts';
import { Histories } from '../support/histories/histories.ts';
import { history } from '../support/histories/history.ts';
import { noFaults } from '../support/histories/judge.ts';

/**
 * The test of the same name with many more histories: `npm run bench:histories [-- runs seed]`. With `--until=revived` it
 * stops at the first history in which this was wrong; with `--only=n` it plays one history of a seed.
 */

const options = { until: { type: 'string' }, only: { type: 'string' } } as const;
const { values, positionals } = parseArgs({ options, allowPositionals: true });
const [runs = 2000, seed = Date.now() & 0x7fffffff] = positionals.map(Number);
const outdir = mkdtempSync(join(tmpdir(), 'histories-'));
const database = await startDatabase(undefined);
const template = await synthesize(outdir);
await createTables(database.endpoint, template);
const histories = await Histories.start(database.endpoint, template);
const plans = fc.sample(history, { numRuns: runs, seed });
const total = { acknowledged: 0, changesAcknowledged: 0, ...noFaults };
const queue = [...plans.entries()].filter(([n]) => values.only === undefined || n === Number(values.only)).values();
const startedAt = Date.now();
let done = 0;
let notBegun = 0;
let broken = 0;
let wrong = 0;
let isFound = false;

const say = () =>
  console.log(
    `${done} of ${runs} histories, ${notBegun} not begun, ${broken} broken off, ${Math.round((Date.now() - startedAt) / 1000)} s`,
    total,
  );
const progress = setInterval(say, 30_000);
const worker = async () => {
  for (const [n, plan] of queue) {
    if (isFound) return;
    const run = await histories.begin(plan).catch((error: Error) => error);
    // Its people or its group could not be made, on a machine that stood still for instance.
    if (run instanceof Error) {
      notBegun++;
      console.log(`seed ${seed}, history ${n} was not begun: ${run.message.split('\n')[0]}`);
      continue;
    }
    const outcome = await histories.play(run).catch((error: Error) => error);
    if (outcome instanceof Error) {
      broken++;
      console.log(`seed ${seed}, history ${n} broke off: ${outcome.stack}`, plan);
      continue;
    }
    const { faults, differences, ...acknowledged } = outcome;
    for (const [key, count] of Object.entries({ ...acknowledged, ...faults }))
      total[key as keyof typeof total] += count;
    done++;
    const found = Object.entries(faults).filter(([, count]) => count > 0);
    if (found.length === 0) continue;
    wrong++;
    console.log(`seed ${seed}, history ${n}:`, Object.fromEntries(found));
    if (differences.length > 0) console.dir(differences.slice(0, 2), { depth: null });
    if (values.only) console.log(JSON.stringify(plan));
    if (!isFound && found.some(([key]) => values.until?.split(',').includes(key))) {
      isFound = true;
      // Tells a parent process after how many histories.
      process.send?.(done);
    }
  }
};

console.log(`${runs} histories, seed ${seed}`);
await Promise.all(Array.from({ length: 8 * availableParallelism() }, worker));
clearInterval(progress);
say();
console.log('Faults that hit:', Object.fromEntries([...histories.hits].sort()));
const rarest = Math.min(...histories.hits.values());
console.log(
  `The rarest kind of fault hit ${rarest} times. In ${histories.givenUp} histories the machine was too slow to deliver.`,
);
// In these, what arrives by itself was not looked at.
const isTooSlow = histories.givenUp > runs / 20;
const isTooRare = runs >= 2000 && rarest < 100;
if (isTooSlow || isTooRare) console.log('That is too little to rely on.');
const erased = isFound ? [] : await histories.findErased();
if (erased.length > 0) console.log(`${erased.length} items contain an erased text:`, erased.slice(0, 3));
await histories.close();
await database.stop();
rmSync(outdir, { recursive: true });
process.exit(broken + wrong + erased.length > 0 || isTooSlow || isTooRare ? 1 : 0);
