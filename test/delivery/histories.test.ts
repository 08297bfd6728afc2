import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { synthesize } from '../../infra/local/aws/cloudformation/synth.ts';
import { Histories } from '../support/histories/histories.ts';
import { history } from '../support/histories/history.ts';

/** `npm run bench:histories` does the same ten thousand times. */

let histories: Histories;
const outdir = mkdtempSync(join(tmpdir(), 'histories-'));
beforeAll(async () => {
  histories = await Histories.start(inject('dynamodb'), await synthesize(outdir));
});
afterAll(async () => {
  await histories.close();
  rmSync(outdir, { recursive: true });
});

test('whatever befalls the database, the peers and the functions: nothing is lost, doubled or out of order', async () => {
  let acknowledged = 0;
  await fc.assert(
    fc.asyncProperty(history, async (plan) => {
      const { acknowledged: count, ...faults } = await histories.play(await histories.begin(plan));
      acknowledged += count;
      expect(faults).toEqual({ acknowledgedAndLost: 0, storedTwice: 0, inverted: 0, wrongReaders: 0 });
    }),
    { numRuns: 12, endOnFailure: true },
  );
  // It would be right of a system, too, that takes nothing.
  expect(acknowledged).toBeGreaterThan(12);
}, 120_000);
