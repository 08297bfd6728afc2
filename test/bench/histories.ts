import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { synthesize } from '../../infra/local/aws/cloudformation/synth.ts';
import { startDatabase } from '../../infra/local/aws/dynamodb/dynamodb-local.ts';
import { createTables } from '../../infra/local/aws/dynamodb/tables.ts';
import { Histories } from '../support/histories/histories.ts';
import { history } from '../support/histories/history.ts';

/** The test of the same name ten thousand times: `npm run bench:histories [-- runs seed]`. */

const [runs = 10_000, seed = Date.now() & 0x7fffffff] = process.argv.slice(2).map(Number);
const outdir = mkdtempSync(join(tmpdir(), 'histories-'));
const database = await startDatabase(undefined);
const template = await synthesize(outdir);
await createTables(database.endpoint, template);
const histories = await Histories.start(database.endpoint, template);
const plans = fc.sample(history, { numRuns: runs, seed });
const total = { acknowledged: 0, acknowledgedAndLost: 0, storedTwice: 0, inverted: 0, backInTime: 0, wrongReaders: 0 };
const queue = plans.entries();
const startedAt = Date.now();
let done = 0;
let notBegun = 0;
let broken = 0;

const say = () =>
  console.log(
    `${done} of ${runs} histories, ${notBegun} not begun, ${broken} broken off, ${Math.round((Date.now() - startedAt) / 1000)} s`,
    total,
  );
const progress = setInterval(say, 30_000);
const worker = async () => {
  for (const [n, plan] of queue) {
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
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += outcome[key];
    const { acknowledged: _, ...wrong } = outcome;
    if (Object.values(wrong).some((count) => count > 0)) console.log(`seed ${seed}, history ${n}`, wrong, plan);
    done++;
  }
};
console.log(`${runs} histories, seed ${seed}`);
await Promise.all(Array.from({ length: 8 * availableParallelism() }, worker));
clearInterval(progress);
say();
await histories.close();
await database.stop();
rmSync(outdir, { recursive: true });
const { acknowledged: _, ...wrong } = total;
process.exit(broken > 0 || Object.values(wrong).some((count) => count > 0) ? 1 : 0);
