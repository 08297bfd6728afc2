import { Account, type Code } from './account.ts';
import { partOf, type Quotas } from './assumptions.ts';
import { at, resetClock, runUntil } from './clock.ts';
import { seedRandom } from './random.ts';
import type { Room } from './room.ts';

export interface Scenario {
  quotas: Quotas;
  /** Connections of a room that gets one message. */
  room?: number;
  /** Whether these are inboxes and not sockets of the chat. */
  inboxes?: boolean;
  /** Whether it had another one before, so that environments and sockets are there. */
  again?: boolean;
  /** How many such messages there are, one after the other. */
  messages?: number;
  /** Messages a second, each to a room of its own; the room's message comes among them. */
  load?: number;
  /** Connections of these rooms. */
  each?: number;
  /** For how long it is counted, when it has grown. */
  seconds?: number;
  /** Whether each message is pushed to the others, who do not read it. */
  pushed?: boolean;
  /** Functions that push at once. */
  pushConcurrency?: number;
  /** Whether each message has a picture. */
  pictures?: boolean;
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
  /** The same of the last delivery of each message. */
  lasts: number[];
  twice: number;
  shards: number;
}

/** Seconds in which a load grows: Lambda has new environments by the second. */
const growing = 5;

export async function simulate(scenario: Scenario, seed: number, code: Code): Promise<Outcome> {
  resetClock();
  seedRandom(seed);
  const { quotas, parts = 1 } = scenario;
  const account = new Account(partOf(quotas, parts), code, scenario);
  const rooms = scenario.load ? await underLoad(account, scenario) : await alone(account, scenario);
  const times = rooms.map((room) => room.times().sort((a, b) => a - b));
  return {
    account,
    parts,
    times: times.flat().sort((a, b) => a - b),
    lasts: times.map((ofRoom) => ofRoom.at(-1) ?? 0).sort((a, b) => a - b),
    twice: rooms.reduce((sum, room) => sum + room.twice, 0),
    shards: rooms[0]?.shards.length ?? 0,
  };
}

async function alone(account: Account, scenario: Scenario): Promise<Room[]> {
  const { room: size = 0, parts = 1, inboxes, again, messages = 1 } = scenario;
  const send = async () => {
    const room = account.send({ size: size / parts, inboxes });
    await runUntil(() => account.atRest);
    return room;
  };
  if (again) {
    await send();
    account.forgetCounts();
  }
  const rooms: Room[] = [];
  while (rooms.length < messages) {
    if (!again) account.cool();
    rooms.push(await send());
    // The quotas have refilled by then.
    const end = Date.now() + 1000;
    await runUntil(() => Date.now() >= end);
  }
  return rooms;
}

async function underLoad(account: Account, scenario: Scenario): Promise<Room[]> {
  const { load = 0, each = 10, inboxes, seconds = 30, room: beside } = scenario;
  const end = growing + seconds;
  const startedAt = Date.now();
  const passed = () => (Date.now() - startedAt) / 1000;
  const rooms: Room[] = [];
  let owed = 0;
  const eachMillisecond = () => {
    if (passed() >= end) return;
    owed += (load / 1000) * Math.min(1, passed() / growing);
    for (; Math.random() < owed; owed--) {
      const room = account.send({ size: each, inboxes });
      if (passed() >= growing) rooms.push(room);
    }
    at(Date.now() + 1, eachMillisecond);
  };
  eachMillisecond();
  await runUntil(() => passed() >= growing);
  account.forgetCounts();
  if (beside) account.send({ size: beside });
  await runUntil(() => passed() >= end && account.atRest);
  return rooms;
}
