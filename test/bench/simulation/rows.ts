import { defaultQuotas, raisedQuotas } from './assumptions.ts';
import type { Outcome, Scenario } from './scenarios.ts';

interface Row extends Scenario {
  name: string;
}

type Columns = Record<string, (outcome: Outcome) => string>;

export interface Table {
  title: string;
  columns: Columns;
  rows: Row[];
}

const whole = (count: number) => Math.round(count).toLocaleString('en');
const time = (ms: number) => (ms < 9950 ? `${whole(ms)} ms` : `${whole(ms / 1000)} s`);
const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

/** The percentile of sorted numbers; "never" if fewer were measured. */
const quantile = (numbers: number[], q: number): string => {
  const ms = numbers[Math.max(0, Math.ceil(q * numbers.length) - 1)] ?? 0;
  return Number.isFinite(ms) ? time(ms) : 'never';
};
const arrived = ({ times }: Outcome) => times.filter(Number.isFinite);

const count = (of: (outcome: Outcome) => number) => (outcome: Outcome) => whole(of(outcome) * outcome.parts);

const always: Columns = {
  p50: ({ times }) => quantile(times, 0.5),
  p99: ({ times }) => quantile(times, 0.99),
  last: (outcome) => quantile(arrived(outcome), 1),
  'given up': (outcome) => percent(1 - arrived(outcome).length / outcome.times.length),
  twice: count(({ twice }) => twice),
  'posts refused': count(({ account }) => account.counts.refusedPosts),
  environments: count(({ account }) => account.counts.maxEnvironments),
};

const forRoom: Columns = {
  ...always,
  shards: count(({ shards }) => shards),
  invocations: count(({ account }) => account.counts.invocations),
  'events failed': count(({ account }) => account.counts.failedEvents),
  'Lambda s': count(({ account }) => account.counts.lambdaMs / 1000),
};

const forLoad: Columns = {
  ...always,
  'frames refused': ({ account }) => percent(account.counts.refusedFrames / account.counts.frames),
  'sender waits, p99': ({ account }) =>
    quantile(
      account.counts.waits.sort((a, b) => a - b),
      0.99,
    ),
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

export const tables: Table[] = [
  {
    title: 'One message to a room, by connections and quota',
    columns: forRoom,
    rows: [
      room(10),
      room(10, { again: true }, 'the next message'),
      room(250),
      room(250, { again: true }, 'the next message'),
      room(1000),
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
    title: 'So many messages a second, each to ten connections',
    columns: forLoad,
    rows: [
      load(500),
      load(900),
      load(1000),
      load(2000),
      load(10_000, { quotas: raisedQuotas(125_000), seconds: 10 }),
      load(500, { room: 100_000 }, 'one to 100,000'),
      load(500, { room: 100_000, ...fourPages }, 'one to 100,000, parallelPages 4'),
    ],
  },
];
