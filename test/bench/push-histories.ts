import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { startDatabase } from '../../infra/local/aws/dynamodb/dynamodb-local.ts';
import { noExcused, noWrongs } from '../support/push-histories/outcome.ts';
import { plan } from '../support/push-histories/plan.ts';
import { playAll } from '../support/push-histories/players.ts';

/**
 * The test of the same name with many more histories: `npm run bench:push-histories [-- runs seed]`. With `--until=lost` it
 * stops at the first history in which something was lost; with `--only=n` it plays only history n of the seed.
 */

const options = { until: { type: 'string' }, only: { type: 'string' } } as const;
const { values, positionals } = parseArgs({ options, allowPositionals: true });
const [runs = 2000, seed = Date.now() & 0x7fffffff] = positionals.map(Number);
const outdir = mkdtempSync(join(tmpdir(), 'push-histories-'));
const database = await startDatabase(undefined);
const plans = [...fc.sample(plan, { numRuns: runs, seed }).entries()].filter(
  ([n]) => values.only === undefined || n === Number(values.only),
);
const total = { enqueued: 0, accepted: 0, deadLetters: 0, ...noWrongs };
const excused = { ...noExcused };
const hits = new Map<string, number>();
const startedAt = Date.now();
let done = 0;
let broken = 0;
let wrong = 0;
let isFound = false;

const say = () =>
  console.log(
    `${done} of ${runs} histories, ${broken} broken off, ${Math.round((Date.now() - startedAt) / 1000)} s`,
    total,
  );
const add = (sums: Record<string, number>, counts: Record<string, number>) => {
  for (const [key, count] of Object.entries(counts)) sums[key] = (sums[key] ?? 0) + count;
};
const progress = setInterval(say, 30_000);
console.log(`${runs} histories, seed ${seed}`);
await playAll(
  plans,
  Math.min(availableParallelism(), plans.length),
  { dynamodb: database.endpoint, outdir },
  (history) => {
    for (const hit of history.hits) hits.set(hit, (hits.get(hit) ?? 0) + 1);
    const { n, outcome } = history;
    if ('error' in outcome) {
      broken++;
      console.log(`seed ${seed}, history ${n} broke off: ${outcome.error}`);
      return !isFound;
    }
    const { wrongs, excused: own, details, ...counts } = outcome;
    add(total, { ...counts, ...wrongs });
    add(excused, own);
    done++;
    const found = Object.entries(wrongs).filter(([, count]) => count > 0);
    if (found.length > 0) {
      wrong++;
      console.log(`seed ${seed}, history ${n}:`, Object.fromEntries(found));
      console.dir(details, { depth: null });
    }
    if (!isFound && found.some(([key]) => values.until?.split(',').includes(key))) {
      isFound = true;
      // Tells a parent process after how many histories.
      process.send?.(done);
    }
    return !isFound;
  },
);
clearInterval(progress);
say();
console.log('Texts that a device got twice for a known reason:', excused);
console.log('Faults that hit:', Object.fromEntries([...hits].sort()));
const rarest = Math.min(...hits.values());
console.log(`The rarest kind of fault hit ${rarest} times.`);
const isTooRare = runs >= 2000 && rarest < 100;
if (isTooRare) console.log('That is too few to rely on.');
await database.stop();
rmSync(outdir, { recursive: true });
process.exit(broken + wrong > 0 || isTooRare ? 1 : 0);
