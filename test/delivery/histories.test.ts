import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { synthesize } from '../../infra/local/aws/cloudformation/synth.ts';
import { Histories } from '../support/histories/histories.ts';
import { type History, history } from '../support/histories/history.ts';
import { noFaults } from '../support/histories/judge.ts';

/** `npm run bench:histories` plays two thousand histories. */

let histories: Histories;
const outdir = mkdtempSync(join(tmpdir(), 'histories-'));
beforeAll(async () => {
  histories = await Histories.start(inject('dynamodb'), await synthesize(outdir));
});
afterAll(async () => {
  await histories.close();
  rmSync(outdir, { recursive: true });
});

/** Played side by side, because they wait more than they compute. */
const count = 12;

test('nothing is lost, duplicated, out of order or shown again, whatever happens to the database, the peers and the functions', async () => {
  const seed = randomInt(2 ** 31);
  const plans = fc.sample(history, { numRuns: count, seed });
  const play = async (plan: History) => histories.play(await histories.begin(plan));
  const outcomes = await Promise.all(plans.map(play));
  for (const [n, { faults, differences }] of outcomes.entries())
    expect(faults, `npm run bench:histories -- ${count} ${seed} --only=${n}: ${JSON.stringify(differences)}`).toEqual(
      noFaults,
    );
  // A system that acknowledges nothing would pass the checks above.
  const sum = (key: 'acknowledged' | 'changesAcknowledged') => outcomes.reduce((all, outcome) => all + outcome[key], 0);
  expect(sum('acknowledged')).toBeGreaterThan(count);
  expect(sum('changesAcknowledged')).toBeGreaterThan(0);
  expect(await histories.findErased()).toEqual([]);
}, 240_000);
