import { setTimeout as sleep } from 'node:timers/promises';
import type { Transport } from '../client/transport.ts';
import { Skipped, Unmet } from '../client/unmet.ts';
import { type Surroundings, World } from '../client/world.ts';
import type { Requirement } from '../requirements/requirement.ts';

export type Outcome =
  | { result: 'ok' }
  | { result: 'failed'; what: string; expected: string; came: string }
  | { result: 'skipped'; why: string };

export interface Checked {
  requirement: Requirement;
  outcome: Outcome;
  ms: number;
}

/** Checks one requirement. Rejects if the check itself has a mistake. */
export async function check(
  { check: run }: Requirement,
  surroundings: Surroundings,
  transport: Transport,
): Promise<Outcome> {
  const world = new World(surroundings, transport);
  const { limitMs } = surroundings;
  const over = new AbortController();
  const late = sleep(limitMs, undefined, { signal: over.signal }).then(() => {
    throw new Unmet('the requirement', 'a result', `none within ${limitMs / 1000} s`);
  });
  try {
    await Promise.race([run(world), late]);
    return { result: 'ok' };
  } catch (error) {
    if (error instanceof Skipped) return { result: 'skipped', why: error.message };
    if (!(error instanceof Unmet)) throw error;
    const { what, expected, came } = error;
    return { result: 'failed', what, expected, came };
  } finally {
    late.catch(() => {});
    over.abort();
    await world.close();
  }
}

/** Calls `work` for each item, for at most `concurrency` at once. The results are in the order of the items. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return results;
}

/** Checks requirements, several at once. */
export async function checkAll(
  requirements: readonly Requirement[],
  surroundings: Surroundings,
  transport: Transport,
  concurrency: number,
): Promise<Checked[]> {
  return inParallel(requirements, concurrency, async (requirement) => {
    const startedAt = performance.now();
    const outcome = await check(requirement, surroundings, transport);
    return { requirement, outcome, ms: Math.round(performance.now() - startedAt) };
  });
}
