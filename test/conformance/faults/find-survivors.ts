import { randomUUID } from 'node:crypto';
import { Cast, type People } from '../client/cast.ts';
import { afterMs } from '../client/socket.ts';
import type { Transport } from '../client/transport.ts';
import type { Surroundings } from '../client/world.ts';
import type { Requirement } from '../requirements/requirement.ts';
import { check, inParallel, type Outcome } from '../run/run.ts';
import { type Fault, faulty } from './fault.ts';
import { type Recording, recorded, replayed } from './recording.ts';

/** Long enough for a frame of a server on the same machine. A check that expects none waits for it. */
const liveMs = 2000;

/** They mostly wait for what a fault has swallowed. */
const faultsAtOnce = 8;

/** A server, and how to check it. */
export interface Target {
  surroundings: Surroundings;
  transport: Transport;
  concurrency: number;
}

/** How the check of a requirement went, with all that is needed to repeat it without the server. */
interface Played {
  requirement: Requirement;
  outcome: Outcome;
  recording: Recording;
  people: People | undefined;
  ids: readonly string[];
}

/** The people of a recording. */
class SameCast extends Cast {
  private readonly people: People | undefined;

  constructor(transport: Transport, people: People | undefined) {
    super(transport);
    this.people = people;
  }

  override lend(): ReturnType<Cast['lend']> {
    const { people } = this;
    return people ? Promise.resolve({ people, giveBack: () => {} }) : super.lend();
  }
}

async function play(requirement: Requirement, { surroundings, transport }: Target): Promise<Played> {
  const ids: string[] = [];
  let people: People | undefined;
  const lend = async () => {
    const lent = await surroundings.cast.lend();
    people = lent.people;
    return lent;
  };
  const cast = Object.assign(Object.create(surroundings.cast), { lend });
  const { transport: between, recording } = recorded(transport);
  const newId = () => {
    const id = randomUUID();
    ids.push(id);
    return id;
  };
  const outcome = await check(requirement, { ...surroundings, cast, newId }, between);
  return { requirement, outcome, recording: [...recording], people, ids };
}

/** Repeats a check without the server, with a fault or without one. */
async function repeat(
  { requirement, recording, people, ids }: Played,
  surroundings: Surroundings,
  between: (transport: Transport) => Transport,
): Promise<Outcome> {
  const replay = replayed(recording);
  const transport = between(replay.transport);
  const left = [...ids];
  const newId = () => left.shift() ?? randomUUID();
  const cast = new SameCast(transport, people);
  return check(requirement, { ...surroundings, cast, newId, frameTimeout: replay.end }, transport);
}

/**
 * Checks every requirement, then each of its faults: on a recording of the check, and with the server if the recording does
 * not show it. Returns what is wrong, as texts for people: requirements that are not met, and faults that the
 * checks did not notice.
 */
export async function findSurvivors(requirements: readonly Requirement[], target: Target): Promise<string[]> {
  const played = await inParallel(requirements, target.concurrency, (requirement) => play(requirement, target));
  const wrong = await inParallel(played, faultsAtOnce, (one) => findIn(one, target));
  return wrong.flat();
}

async function findIn(played: Played, target: Target): Promise<string[]> {
  const { requirement, outcome } = played;
  if (outcome.result !== 'ok') return [`${requirement.id} is not met: ${JSON.stringify(outcome)}`];
  const again = await repeat(played, target.surroundings, (transport) => transport);
  if (again.result !== 'ok') return [`${requirement.id} fails on its own recording: ${JSON.stringify(again)}`];
  const wrong: string[] = [];
  for (const fault of requirement.faults) {
    const why = await survives(fault, played, target);
    if (why) wrong.push(`${requirement.id}: ${fault.what}: ${why}`);
  }
  return wrong;
}

/** How the check goes with a fault, and whether the fault has changed anything. */
async function withFault(fault: Fault, run: (between: (transport: Transport) => Transport) => Promise<Outcome>) {
  let struck = () => false;
  const outcome = await run((transport) => {
    const spoilt = faulty(transport, fault);
    struck = spoilt.struck;
    return spoilt.transport;
  });
  return { outcome, noticed: struck() && outcome.result === 'failed', struck: struck() };
}

async function survives(
  fault: Fault,
  played: Played,
  { surroundings, transport }: Target,
): Promise<string | undefined> {
  const { unsent, sent } = fault.begin();
  // A recording goes on as if the server had received everything.
  if (!unsent && !sent) {
    const replay = await withFault(fault, (between) => repeat(played, surroundings, between));
    if (replay.noticed) return undefined;
  }
  // Nor does it know a wrong token that the client then sends.
  const brief = { ...surroundings, frameTimeout: afterMs(liveMs) };
  const live = await withFault(fault, (between) => check(played.requirement, brief, between(transport)));
  if (live.noticed) return undefined;
  return live.struck ? `the check is ${live.outcome.result}` : `it has no effect: ${JSON.stringify(live.outcome)}`;
}
