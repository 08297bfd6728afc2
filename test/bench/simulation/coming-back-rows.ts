import { type Columns, percent, quantile, whole } from './cells.ts';
import type { CameBack, ComingBack } from './coming-back.ts';

const count = (of: keyof CameBack['counts']) => (outcome: CameBack) => whole(outcome.counts[of] * outcome.parts);

const columns: Columns<CameBack> = {
  'half back': ({ times }) => quantile(times, 0.5),
  '99%': ({ times }) => quantile(times, 0.99),
  all: ({ times }) => quantile(times, 1),
  'back in an hour': ({ times }) => percent(times.filter(Number.isFinite).length / times.length),
  requests: count('requests'),
  'of these refused': count('refusedRequests'),
  handshakes: count('handshakes'),
  'refused handshakes': count('refusedHandshakes'),
};

/** What a stage has by default, within an account that asked for nothing. AWS tells no burst of new connections. */
const usual = { requests: { rate: 2000, burst: 1000 }, handshakes: { rate: 500, burst: 500 } };
const raised = { requests: { rate: 10_000, burst: 5000 }, handshakes: { rate: 5000, burst: 5000 } };
const million = { users: 1_000_000, parts: 200 };

export const comingBackTable = {
  kind: 'coming back' as const,
  title: 'A million inboxes that broke at once, by what a client does when its numbers are refused',
  columns,
  rows: [
    { name: 'keeps its socket, default quotas', ...million, ...usual, keepsSocket: true },
    { name: 'begins anew, default quotas', ...million, ...usual, keepsSocket: false },
    { name: 'keeps its socket, raised quotas', ...million, ...raised, keepsSocket: true },
    { name: 'begins anew, raised quotas', ...million, ...raised, keepsSocket: false },
  ] satisfies (ComingBack & { name: string })[],
};
