import type { Transport } from '../client/transport.ts';
import type { Surroundings } from '../client/world.ts';
import type { Requirement } from '../requirements/requirement.ts';
import { check, inParallel } from '../run/run.ts';
import { type Fault, faulty } from './fault.ts';

/** The faults that the checks of their requirements did not notice, and why, as texts for people. */
export async function findSurvivors(
  requirements: readonly Requirement[],
  surroundings: Surroundings,
  transport: Transport,
  concurrency: number,
): Promise<string[]> {
  const all = requirements.flatMap((requirement) => requirement.faults.map((fault) => ({ requirement, fault })));
  const survivors = await inParallel(all, concurrency, async ({ requirement, fault }) => {
    const why = await survives(requirement, fault, surroundings, transport);
    return why ? [`${requirement.id}: ${fault.what}: ${why}`] : [];
  });
  return survivors.flat();
}

async function survives(
  requirement: Requirement,
  fault: Fault,
  surroundings: Surroundings,
  transport: Transport,
): Promise<string | undefined> {
  const between = faulty(transport, fault);
  const { result } = await check(requirement, surroundings, between.transport);
  if (!between.struck()) return 'the fault had no effect';
  return result === 'failed' ? undefined : `the check was ${result}`;
}
