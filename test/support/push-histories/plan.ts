import fc from 'fast-check';
import type { DatabaseFault } from '../histories/faults.ts';
import { sometimes } from '../histories/history.ts';

/** A chat of a few people with devices, what they do in turn, and the faults that their pushes meet. */
export interface Plan {
  /** A direct chat of the first two people. Otherwise a group of all. */
  direct: boolean;
  /** How many devices each has. */
  devices: number[];
  steps: Step[];
  faults: Faults;
  /** For the random durations of calls. */
  seed: number;
}

export interface Step {
  /** Milliseconds after the step before. */
  after: number;
  who: number;
  /** The other person: whom the step mentions, removes or blocks, or to whom a token moves. */
  other: number;
  /** Which device, and which message, counted back from the newest. */
  back: number;
  do: Doing;
}

export type Doing =
  | 'send'
  | 'mention'
  | 'send slowly'
  | 'die while sending'
  | 'edit'
  | 'delete'
  | 'read'
  | 'mute'
  | 'only mentions'
  | 'unmute'
  | 'log out'
  | 'log out everywhere'
  | 'move token'
  | 'replace token'
  | 'leave'
  | 'remove'
  | 'add'
  | 'block'
  | 'unblock';

/** One entry for each call, in order. */
export interface Faults {
  /** Calls of workers to DynamoDB. The next two are the calls that lock and that write the mark. */
  database: (DatabaseFault | undefined)[];
  begin: (DatabaseFault | undefined)[];
  end: (DatabaseFault | undefined)[];
  /** Events that are put into the queue. */
  enqueue: (EnqueueFault | undefined)[];
  /** Batches that the queue hands out. */
  handOut: (HandOutFault | undefined)[];
  firebase: (FirebaseFault | undefined)[];
}

type EnqueueFault = 'refused' | 'lost' | 'late' | 'killed before' | 'killed after';
/** Again after the batch is done, to two workers at once, or while the worker still has it. */
type HandOutFault = 'again' | 'to two' | 'too early';
export type FirebaseFault =
  | '503'
  | '503 with Retry-After'
  | '429'
  | '429 with Retry-After'
  | '401'
  | 'silent'
  | 'lost'
  | 'unregistered'
  | 'token replaced'
  | 'payload'
  | 'token'
  | 'killed before'
  | 'killed after';

const doing = (weight: number, ...what: Doing[]) => ({ weight, arbitrary: fc.constantFrom(...what) });

/** Before most edits, what they edit has been pushed. */
const untilPushed = 12_000;

const anyStep: fc.Arbitrary<Step> = fc.record({
  after: fc.oneof(fc.nat(400), fc.nat(3000), fc.nat(15_000)),
  who: fc.nat(59),
  other: fc.nat(59),
  back: fc.oneof(fc.constant(0), fc.nat(3)),
  do: fc.oneof(
    doing(10, 'send', 'send', 'mention'),
    doing(3, 'send slowly', 'send slowly', 'die while sending'),
    doing(5, 'edit', 'edit', 'edit', 'delete'),
    doing(2, 'read'),
    doing(3, 'mute', 'only mentions', 'unmute'),
    doing(4, 'log out', 'log out everywhere', 'move token', 'move token', 'replace token', 'replace token'),
    doing(3, 'leave', 'remove', 'add', 'add'),
    doing(1, 'block', 'unblock'),
  ),
});

const step = anyStep.map((one) => (one.do === 'edit' ? { ...one, after: one.after + untilPushed } : one));

/** A fault for one in so many calls. */
const oneOf = <T>(calls: number, ...faults: T[]) =>
  fc.array(
    fc.oneof(
      { weight: calls - 1, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom(...faults) },
    ),
    { maxLength: 40, size: 'max' },
  );

/** In some histories, at one of the first calls, because the events of a dead worker come again only after minutes. */
const kills = fc.array(fc.tuple(fc.nat(150), fc.constantFrom<DatabaseFault>('killed before', 'killed after')), {
  maxLength: 2,
});

export const plan: fc.Arbitrary<Plan> = fc.record({
  direct: fc.nat(4).map((n) => n === 0),
  devices: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 5 }),
  steps: fc.array(step, { minLength: 5, maxLength: 14 }),
  seed: fc.nat(),
  faults: fc.record({
    database: fc
      .tuple(sometimes<DatabaseFault>('throttled', 'failed', 'slow', 'lost', 'unanswered'), kills)
      .map(([faults, killed]) => Object.assign([...faults], Object.fromEntries(killed))),
    begin: oneOf<DatabaseFault>(6, 'slow', 'lost', 'killed before', 'killed after'),
    end: oneOf<DatabaseFault>(2, 'failed', 'slow', 'lost', 'killed before', 'killed after'),
    enqueue: oneOf<EnqueueFault>(3, 'refused', 'lost', 'late', 'late', 'killed before', 'killed after'),
    handOut: oneOf<HandOutFault>(3, 'again', 'to two', 'too early'),
    firebase: oneOf<FirebaseFault>(
      3,
      ...(['503', '503 with Retry-After', '429', '429 with Retry-After', '401', 'silent', 'lost'] as const),
      ...(['unregistered', 'token replaced', 'payload', 'token', 'killed before', 'killed after'] as const),
    ),
  }),
});

/** The faults of a plan, each in its turn. */
export class Planned {
  /** Whether faults hit now. */
  on = false;
  private readonly faults: Faults;
  private readonly hit: (name: string) => void;

  /** `hit` gets the name of each fault that hits. */
  constructor(faults: Faults, hit: (name: string) => void) {
    this.faults = structuredClone(faults);
    this.hit = hit;
  }

  next<Kind extends keyof Faults>(kind: Kind): Faults[Kind][number] {
    const fault = this.on ? this.faults[kind].shift() : undefined;
    if (fault) this.hit(`${kind}: ${fault}`);
    return fault;
  }
}
