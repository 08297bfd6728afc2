import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

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
    // Vitest would leave one core idle; on two that is half of them.
    maxWorkers: availableParallelism(),
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
