import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { SlowestFirst } from './test/support/slowest-first.ts';

/** Where .ci/run wants the totals. */
const totals = process.env.VITEST_JSON;

export default defineConfig({
  test: {
    reporters: totals ? ['default', ['json', { outputFile: totals }]] : ['default'],
    // What the functions log is for who looks for a failure.
    silent: 'passed-only',
    include: ['test/**/*.test.ts'],
    // npm run test:browser
    exclude: ['test/browser'],
    globalSetup: 'test/support/global-setup.ts',
    setupFiles: 'test/support/setup.ts',
    // Files often wait for processes that they have started, for sockets and for timers.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: SlowestFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
