import fc from 'fast-check';
import type { ChangeCall, DatabaseFault, PostFault } from './faults.ts';

/**
 * A chat of four people, each with a socket of the chat or an inbox, and some with a second life over REST, and the faults
 * they meet. Steps of one round run at the same time.
 */
export interface History {
  rounds: Step[][];
  /** A group, of which the last of the four is not always a participant; or a direct chat, with its two people on two devices each. */
  direct: boolean;
  /** Which of the four have an inbox. The others have a socket of the chat. */
  inboxes: boolean[];
  /** The people who are connected when the faults begin. */
  present: boolean[];
  /** One entry for each call to DynamoDB about the chat and for each post, in order, from then on. */
  database: (DatabaseFault | undefined)[];
  posts: (PostFault | undefined)[];
  /** The same for each of the calls that make a change of a message. */
  changes: Record<ChangeCall, (DatabaseFault | undefined)[]>;
  /** Whether the answer to a request for a change is lost. */
  answers: ('lost' | undefined)[];
  /** Whether the `deliver` function delivers. */
  large: boolean;
  /** Which of its invocations Lambda runs twice. */
  invocations: ('twice' | undefined)[];
  /** Whether thirty people more are in the chat, who react when somebody makes them. */
  crowd: boolean;
}

export type Step = {
  who: number;
  do: Sending | Changing | Moving | 'drop' | 'come' | 'ask over REST' | 'a minute passes';
  /** Which message is meant: so many before the newest one that can be meant. */
  back: number;
  /** Which emoji is meant. */
  emoji: number;
  /** The request is sent twice at the same time. */
  twice: boolean;
  /** The next rounds don't wait for the request to end. */
  slow: boolean;
};

export type Sending = 'send over REST' | 'send over the socket' | 'send over both' | 'send without clientId' | 'reply';
export type Changing = 'edit' | 'delete' | 'react' | 'take back' | 'everybody reacts';
/** What the guest of a group does. In a direct chat, the first person blocks or unblocks the second instead. */
export type Moving = 'leave' | 'remove' | 'add' | 'join';

export const people = 4;

/** Who is not always in the group. */
export const guest = 3;

/** People of a crowd who only react. */
export const crowdSize = 30;

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(people - 1),
  do: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom<Step['do']>('send over REST', 'send over the socket', 'send over both') },
    { weight: 2, arbitrary: fc.constantFrom<Step['do']>('send without clientId', 'reply', 'reply') },
    {
      weight: 7,
      arbitrary: fc.constantFrom<Step['do']>('edit', 'edit', 'edit', 'delete', 'react', 'react', 'take back'),
    },
    { weight: 1, arbitrary: fc.constant<Step['do']>('everybody reacts') },
    {
      weight: 5,
      arbitrary: fc.constantFrom<Step['do']>('leave', 'leave', 'remove', 'remove', 'remove', 'add', 'join'),
    },
    { weight: 5, arbitrary: fc.constantFrom<Step['do']>('drop', 'come', 'come', 'come', 'ask over REST') },
    { weight: 1, arbitrary: fc.constant<Step['do']>('a minute passes') },
  ),
  back: fc.oneof(fc.constant(0), fc.nat(2)),
  emoji: fc.nat(1),
  twice: fc.boolean(),
  slow: fc.boolean(),
});

/** Roughly the number of calls about the chat in a short history. */
const calls = 80;
/** In every other history, once, because waiting for an answer and restarting a function take long. */
const once = fc.option(fc.constantFrom<DatabaseFault>('unanswered', 'killed before', 'killed after'), { freq: 2 });

/** A fault lasts for several calls in a row, more than a function attempts; between faults calls succeed. */
export const sometimes = <T>(...faults: T[]) =>
  fc
    .array(fc.tuple(fc.nat(15), fc.constantFrom(...faults), fc.integer({ min: 1, max: 8 })), { maxLength: 10 })
    .map((spans) =>
      spans.flatMap(([well, fault, ill]) => [...Array<undefined>(well).fill(undefined), ...Array<T>(ill).fill(fault)]),
    );

/** One fault of a change's calls is rare enough for the change to be made, and there may be several in a history. */
const now = <T>(...faults: T[]) =>
  fc.array(fc.option(fc.constantFrom(...faults), { nil: undefined, freq: 2 }), { maxLength: 8 });

/** Once in a history at most: the function waits two seconds for the answer, and then repeats the update. */
const late = fc.tuple(fc.nat(5), fc.constantFrom<DatabaseFault | undefined>('late', 'unanswered', undefined));

export const history: fc.Arbitrary<History> = fc.record({
  rounds: fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 3 }),
  database: fc
    .tuple(sometimes<DatabaseFault>('throttled', 'failed', 'slow', 'conflict', 'lost'), fc.nat(calls - 1), once)
    .map(([faults, at, fault]) => (fault ? Object.assign([...faults], { [at]: fault }) : faults)),
  // Half of them late: few of these meet a message that changes before they arrive.
  posts: sometimes<PostFault>(410, 429, 500, 'silent', 'lost', 'swallowed', ...Array<'late'>(6).fill('late')),
  changes: fc.record({
    number: now<DatabaseFault>('throttled', 'slow', 'lost', 'killed after'),
    entry: now<DatabaseFault>('failed', 'slow', 'lost', 'killed before', 'killed after'),
    update: fc
      .tuple(now<DatabaseFault>('slow', 'overtaken', 'conflict', 'lost', 'killed before', 'killed after'), late)
      .map(([faults, [at, fault]]) => (fault ? Object.assign([...faults], { [at]: fault }) : faults)),
  }),
  answers: now('lost' as const),
  direct: fc.nat(3).map((n) => n === 0),
  inboxes: fc.array(fc.boolean(), { minLength: people, maxLength: people }),
  present: fc.array(fc.boolean(), { minLength: people, maxLength: people }),
  large: fc.nat(2).map((n) => n === 0),
  invocations: fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, fc.constant('twice' as const)), {
    maxLength: 30,
  }),
  crowd: fc.nat(29).map((n) => n === 0),
});
