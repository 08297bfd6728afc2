import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { step } from '../../../infra/local/console/progress.ts';

/** What the runner and the demo print while a step is running. */

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function saidOf(work: () => Promise<unknown>): Promise<string[]> {
  const said: string[] = [];
  const stepping = step((line) => said.push(line), 'Synthesizing', work, 'in memory').catch(() => {});
  await vi.advanceTimersByTimeAsync(60_000);
  await stepping;
  return said;
}

const lasting = (milliseconds: number) => () => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('a step of less than a second is one line', async () => {
  expect(await saidOf(lasting(900))).toEqual(['Synthesizing (in memory)']);
});

test('a longer step reports that it is still running and how long it took', async () => {
  expect(await saidOf(lasting(12_300))).toEqual([
    'Synthesizing (in memory)',
    'Synthesizing: 5.0 s so far',
    'Synthesizing: 10.0 s so far',
    'Synthesizing took 12.3 s',
  ]);
});

test('a step that fails prints nothing more', async () => {
  const failing = async () => {
    await lasting(6000)();
    throw new Error('no Java');
  };
  expect(await saidOf(failing)).toEqual(['Synthesizing (in memory)', 'Synthesizing: 5.0 s so far']);
});
