import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { synthesize } from '../../infra/local/aws/cloudformation/synth.ts';
import { Histories } from '../support/histories/histories.ts';
import { history } from '../support/histories/history.ts';
import { noFaults } from '../support/histories/judge.ts';

/** `npm run bench:histories` plays ten thousand histories. */

let histories: Histories;
const outdir = mkdtempSync(join(tmpdir(), 'histories-'));
beforeAll(async () => {
  histories = await Histories.start(inject('dynamodb'), await synthesize(outdir));
});
afterAll(async () => {
  await histories.close();
  rmSync(outdir, { recursive: true });
});

test('no message is lost, duplicated or out of order, whatever happens to the database, the peers and the functions', async () => {
  let acknowledged = 0;
  let changed = 0;
  await fc.assert(
    fc.asyncProperty(history, async (plan) => {
      const outcome = await histories.play(await histories.begin(plan));
      acknowledged += outcome.acknowledged;
      changed += outcome.changesAcknowledged;
      expect(outcome.faults).toEqual(noFaults);
    }),
    { numRuns: 12, endOnFailure: true },
  );
  // A system that acknowledges nothing would pass the checks above.
  expect(acknowledged).toBeGreaterThan(12);
  expect(changed).toBeGreaterThan(12);
  expect(await histories.findErased()).toEqual([]);
}, 240_000);
