import { Account, type Code } from './account.ts';
import { partOf, type Quotas } from './assumptions.ts';
import { at, resetClock, runUntil } from './clock.ts';
import { seedRandom } from './random.ts';
import type { Room } from './room.ts';

export interface Scenario {
  quotas: Quotas;
  /** Connections of a room that gets one message. */
  room?: number;
  /** Whether it had another one before, so that environments and sockets are there. */
  again?: boolean;
  /** Messages a second, each to ten connections of a room of its own; the room's message comes among them. */
  load?: number;
  /** For how long it is counted, when it has grown. */
  seconds?: number;
  /** The operator's setting. */
  parallelPages?: number;
  /** Of how many like parts of room and account only one is simulated. */
  parts?: number;
}

export interface Outcome {
  account: Account;
  /** What counts are to be multiplied by. */
  parts: number;
  /** Of each delivery, milliseconds from when the client sent; `Infinity` when it was given up. In order. */
  times: number[];
  twice: number;
  shards: number;
}

/** Seconds in which a load grows: Lambda has new environments by the second. */
const growing = 5;

export async function simulate(scenario: Scenario, seed: number, code: Code): Promise<Outcome> {
  resetClock();
  seedRandom(seed);
  const { quotas, parts = 1 } = scenario;
  const account = new Account(partOf(quotas, parts), code);
  const rooms = scenario.load ? await underLoad(account, scenario) : await alone(account, scenario);
  return {
    account,
    parts,
    times: rooms.flatMap((room) => room.times()).sort((a, b) => a - b),
    twice: rooms.reduce((sum, room) => sum + room.twice, 0),
    shards: rooms[0]?.shards.length ?? 0,
  };
}

async function alone(account: Account, { room = 0, parts = 1, again }: Scenario): Promise<Room[]> {
  if (again) {
    account.send(room / parts);
    await runUntil(() => account.atRest);
    account.forgetCounts();
  }
  const sentTo = account.send(room / parts);
  await runUntil(() => account.atRest);
  return [sentTo];
}

async function underLoad(account: Account, { load = 0, seconds = 30, room: beside }: Scenario): Promise<Room[]> {
  const end = growing + seconds;
  const startedAt = Date.now();
  const passed = () => (Date.now() - startedAt) / 1000;
  const rooms: Room[] = [];
  let owed = 0;
  const eachMillisecond = () => {
    if (passed() >= end) return;
    owed += (load / 1000) * Math.min(1, passed() / growing);
    for (; Math.random() < owed; owed--) {
      const room = account.send(10);
      if (passed() >= growing) rooms.push(room);
    }
    at(Date.now() + 1, eachMillisecond);
  };
  eachMillisecond();
  await runUntil(() => passed() >= growing);
  account.forgetCounts();
  if (beside) account.send(beside);
  await runUntil(() => passed() >= end && account.atRest);
  return rooms;
}
