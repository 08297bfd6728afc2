import { defaultQuotas, raisedQuotas } from './assumptions.ts';
import { type Columns, percent, quantile, whole } from './cells.ts';
import { comingBackTable } from './coming-back-rows.ts';
import { queueTables } from './queue-rows.ts';
import type { Outcome, Scenario } from './scenarios.ts';

interface Row extends Scenario {
  name: string;
}

interface Table {
  kind: 'delivery';
  title: string;
  columns: Columns<Outcome>;
  rows: Row[];
}

const arrived = ({ times }: Outcome) => times.filter(Number.isFinite);

const count = (of: (outcome: Outcome) => number) => (outcome: Outcome) => whole(of(outcome) * outcome.parts);

const always = {
  p50: ({ times }) => quantile(times, 0.5),
  p99: ({ times }) => quantile(times, 0.99),
  last: (outcome) => quantile(arrived(outcome), 1),
  'given up': (outcome) => percent(1 - arrived(outcome).length / outcome.times.length),
  twice: count(({ twice }) => twice),
  'posts refused': count(({ account }) => account.counts.refusedPosts),
  environments: count(({ account }) => account.counts.maxEnvironments),
} satisfies Columns<Outcome>;

const forRoom: Columns<Outcome> = {
  ...always,
  shards: count(({ shards }) => shards),
  invocations: count(({ account }) => account.counts.invocations),
  'events failed': count(({ account }) => account.counts.failedEvents),
  'Lambda s': count(({ account }) => account.counts.lambdaMs / 1000),
};

const forLoad: Columns<Outcome> = {
  ...always,
  'frames refused': ({ account }) => percent(account.counts.refusedFrames / account.counts.frames),
  'sender waits, p99': ({ account }) =>
    quantile(
      account.counts.waits.sort((a, b) => a - b),
      0.99,
    ),
};

const { p50, p99, last: _, ...rest } = always;
const forInboxes: Columns<Outcome> = {
  p50,
  p99,
  'last of a message, p50': ({ lasts }) => quantile(lasts, 0.5),
  'last of a message, p99': ({ lasts }) => quantile(lasts, 0.99),
  ...rest,
  'frames refused': ({ account }) => percent(account.counts.refusedFrames / account.counts.frames),
  'reads throttled': count(({ account }) => account.counts.throttledReads),
};

/** As many as use up the default quota: twice the setting's default. */
const fourPages = { parallelPages: 4 };
const raised = { quotas: raisedQuotas(100_000), parallelPages: 20 };
/** A whole room of a million takes gigabytes and many minutes; its parts are alike. */
const half = { parts: 2 };
const room = (size: number, more: Partial<Scenario> = {}, name = ''): Row => {
  const scenario = { quotas: defaultQuotas, room: size, ...more };
  const rate = `${whole(scenario.quotas.requests.rate)}/s`;
  return { name: [whole(size), rate, name].filter(Boolean).join(', '), ...scenario };
};
const load = (rate: number, more: Partial<Scenario> = {}, name = ''): Row => {
  const scenario = { quotas: defaultQuotas, load: rate, ...more };
  const quota = `${whole(scenario.quotas.requests.rate)}/s`;
  return { name: [whole(rate), quota, name].filter(Boolean).join(', '), ...scenario };
};

/** Each participant has one. */
const thousandInboxes = { inboxes: true, each: 1000 };
const messages = (again: boolean, name: string) => ({
  ...room(1000, { inboxes: true, again, messages: 100 }),
  name: `a hundred, one after the other, ${name}`,
});

const deliveryTables: Table[] = [
  {
    kind: 'delivery',
    title: 'One message to a room, by connections and quota',
    columns: forRoom,
    rows: [
      room(10),
      room(10, { inboxes: true }, 'inboxes'),
      room(10, { again: true }, 'the next message'),
      room(250),
      room(250, { again: true }, 'the next message'),
      room(250, { inboxes: true }, 'inboxes'),
      room(1000),
      room(1000, { inboxes: true }, 'inboxes'),
      room(1000, { inboxes: true, again: true }, 'inboxes, the next message'),
      room(10_000),
      room(100_000),
      room(100_000, fourPages, 'parallelPages 4'),
      room(100_000, raised),
      room(1_000_000, half),
      room(1_000_000, { ...half, ...fourPages }, 'parallelPages 4'),
      room(1_000_000, { ...half, ...raised }),
    ],
  },
  {
    kind: 'delivery',
    title: 'So many messages a second, each to ten connections',
    columns: forLoad,
    rows: [
      load(500),
      load(900),
      load(1000),
      load(2000),
      load(10_000, { quotas: { ...raisedQuotas(125_000), reads: 120_000 }, seconds: 10 }),
      load(500, { room: 100_000 }, 'one to 100,000'),
      load(500, { room: 100_000, ...fourPages }, 'one to 100,000, parallelPages 4'),
    ],
  },
  {
    kind: 'delivery',
    title: 'Messages to the inboxes of 1,000 participants; so many a second',
    columns: forInboxes,
    rows: [
      messages(false, 'cold'),
      messages(true, 'warm'),
      load(5, thousandInboxes),
      load(9, thousandInboxes),
      load(10, thousandInboxes),
      load(12, thousandInboxes),
      load(38, { ...thousandInboxes, quotas: raisedQuotas(100_000), seconds: 10 }),
      load(45, { ...thousandInboxes, quotas: raisedQuotas(100_000), seconds: 10 }),
    ],
  },
];

export const tables = [...deliveryTables, ...queueTables, comingBackTable];
