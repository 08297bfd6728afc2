import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, inject, test } from 'vitest';
import { noWrongs } from '../support/push-histories/outcome.ts';
import { plan } from '../support/push-histories/plan.ts';
import { type Played, playAll } from '../support/push-histories/players.ts';

/** `npm run bench:push-histories` plays two thousand histories. */

const count = 12;
/** Fixed, so that a failure is the fault of a change. The bench plays other histories each time. */
const seed = 1934828656;
const outdir = mkdtempSync(join(tmpdir(), 'push-histories-'));
afterAll(() => rmSync(outdir, { recursive: true }));

test('no push is lost, sent to somebody who is not to get it, too often or without need twice, whatever happens to the queue, Firebase and the workers', async () => {
  const plans = fc.sample(plan, { numRuns: count, seed });
  const all: Played[] = [];
  await playAll([...plans.entries()], 1, { dynamodb: inject('dynamodb'), outdir }, (history) => all.push(history) > 0);
  expect(all).toHaveLength(count);
  for (const { n, outcome } of all)
    expect(outcome, `npm run bench:push-histories -- ${count} ${seed} --only=${n}`).toMatchObject({ wrongs: noWrongs });
  // Without pushes, all of this would be right.
  const accepted = all.reduce((sum, { outcome }) => sum + ('accepted' in outcome ? outcome.accepted : 0), 0);
  expect(accepted).toBeGreaterThan(count);
}, 240_000);
