import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: join(import.meta.dirname, '../..'),
    globalSetup: 'test/browser/global-setup.ts',
    // The pages often wait.
    maxWorkers: availableParallelism() + 1,
    include: ['test/browser/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A page shows what has happened when it has heard of it, on a busy machine after seconds.
    expect: { poll: { timeout: 30_000 } },
  },
});
