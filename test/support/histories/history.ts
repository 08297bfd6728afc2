import fc from 'fast-check';
import type { DatabaseFault, PostFault } from './faults.ts';

/** A chat of three people, each with a socket, and what befalls them. Steps of one round happen at the same time. */
export interface History {
  rounds: Step[][];
  /** For each call to DynamoDB in turn that is about the chat, and for each post, from when all three are there. */
  database: (DatabaseFault | undefined)[];
  posts: (PostFault | undefined)[];
  /** Delivered by the `deliver` function, each event of which Lambda hands over so many times. */
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

/** About as many calls as there are until all is said. */
const calls = 80;
/** Once in a history, or never: waiting for an answer takes long, and starting a function again. */
const once = fc.constantFrom<DatabaseFault>('unanswered', 'killed before', 'killed after');

/** What ails a service lasts for some calls in turn, which is more than a function tries; between them all is well. */
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
