import fc from 'fast-check';
import type { DatabaseFault, PostFault } from './faults.ts';

/** A chat of three people, each with a socket, and the faults they meet. Steps of one round run at the same time. */
export interface History {
  rounds: Step[][];
  /** One entry for each call to DynamoDB about the chat and for each post, in order, once all three have joined. */
  database: (DatabaseFault | undefined)[];
  posts: (PostFault | undefined)[];
  /** Whether the `deliver` function delivers; Lambda then runs each invocation `invocations` times. */
  large: boolean;
  invocations: number;
}

export type Step = {
  who: number;
  do: 'send over REST' | 'send over the socket' | 'send over both' | 'send without clientId' | 'drop' | 'come';
};

export const people = 3;

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(people - 1),
  do: fc.constantFrom(
    'send over REST',
    'send over the socket',
    'send over both',
    'send without clientId',
    'drop',
    'come',
    'come',
  ),
});

/** Roughly the number of calls in a history. */
const calls = 80;
/** At most once per history, because waiting for an answer and restarting a function take long. */
const once = fc.constantFrom<DatabaseFault>('unanswered', 'killed before', 'killed after');

/** A fault lasts for several calls in a row, more than a function attempts; between faults calls succeed. */
const sometimes = <T>(...faults: T[]) =>
  fc
    .array(fc.tuple(fc.nat(15), fc.constantFrom(...faults), fc.integer({ min: 1, max: 8 })), { maxLength: 10 })
    .map((spans) =>
      spans.flatMap(([well, fault, ill]) => [...Array<undefined>(well).fill(undefined), ...Array<T>(ill).fill(fault)]),
    );

export const history: fc.Arbitrary<History> = fc.record({
  rounds: fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
  database: fc
    .tuple(
      sometimes<DatabaseFault>('throttled', 'failed', 'slow', 'conflict', 'lost'),
      fc.nat(calls - 1),
      fc.option(once),
    )
    .map(([faults, at, fault]) => (fault ? Object.assign([...faults], { [at]: fault }) : faults)),
  posts: sometimes<PostFault>(410, 429, 500, 'silent', 'lost'),
  large: fc.boolean(),
  invocations: fc.integer({ min: 1, max: 2 }),
});
