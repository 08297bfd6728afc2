import { defaultQuotas } from './assumptions.ts';
import { type Columns, percent, quantile, whole } from './cells.ts';
import type { Queue } from './queue.ts';
import type { Outcome, Scenario } from './scenarios.ts';

/** Messages with a push, and messages with a picture: what their queues add. */

const columnsOf = (queueOf: (outcome: Outcome) => Queue) =>
  ({
    'frames, p99': ({ times }) => quantile(times, 0.99),
    'frames refused': ({ account }) => percent(account.counts.refusedFrames / account.counts.frames),
    'handled, p50': (outcome) => quantile(sorted(queueOf(outcome)), 0.5),
    'handled, p99': (outcome) => quantile(sorted(queueOf(outcome)), 0.99),
    'most waiting': (outcome) => whole(queueOf(outcome).maxWaiting),
    'reads throttled': ({ account }) => whole(account.counts.throttledReads),
    environments: ({ account }) => whole(account.counts.maxEnvironments),
  }) satisfies Columns<Outcome>;

const sorted = ({ waits }: Queue) => waits.toSorted((a, b) => a - b);

const row = (load: number, more: Partial<Scenario>, name: string) => ({
  name: `${load} a second, ${name}`,
  ...{ quotas: defaultQuotas, inboxes: true, load, ...more },
});

/** At 49 read units for a push, the table Chat must have seen more than the 12,000 a second that a new one takes. */
const thirty = { pushed: true, pushConcurrency: 30, quotas: { ...defaultQuotas, reads: 40_000 } };

export const queueTables = [
  {
    kind: 'delivery' as const,
    title: 'So many messages a second, each to ten inboxes of which nine get a push, by functions at once',
    columns: columnsOf(({ account }) => account.push),
    rows: [
      ...[100, 150, 170, 200, 300].map((load) => row(load, { pushed: true }, 'pushed')),
      ...[300, 450].map((load) => row(load, thirty, 'pushed, 30 functions, 40,000 reads')),
    ],
  },
  {
    kind: 'delivery' as const,
    title: 'So many pictures a second, each in a message to ten inboxes',
    columns: columnsOf(({ account }) => account.files),
    rows: [100, 300, 500].map((load) => row(load, { pictures: true }, 'pictures')),
  },
];
