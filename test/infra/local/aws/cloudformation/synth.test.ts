import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { synthesize } from '../../../../../infra/local/aws/cloudformation/synth.ts';

const folder = mkdtempSync(join(tmpdir(), 'synth-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const spawned = vi.hoisted(() => ({ count: 0 }));
vi.mock(import('node:child_process'), async (original) => {
  const module = await original();
  const spawn = (...args: unknown[]) => {
    spawned.count++;
    return Reflect.apply(module.spawn, undefined, args);
  };
  return { ...module, spawn: spawn as typeof module.spawn };
});

test('the app runs again when the context or the environment changes, and not otherwise', async () => {
  const outdir = join(folder, 'out');
  await synthesize(outdir);
  spawned.count = 0;
  // What was in the folder before is replaced.
  const [first] = (await synthesize(outdir)).functions();
  expect(spawned.count).toBe(0);
  expect(statSync(first?.file ?? '').isFile()).toBe(true);
  await expect(synthesize(outdir, { stage: 'prod', stages: { prod: { logDays: 8 } } })).rejects.toThrow('logDays');
  vi.stubEnv('CDK_DEFAULT_REGION', 'cn-north-1');
  await expect(synthesize(outdir)).rejects.toThrow('aws-cn');
});
