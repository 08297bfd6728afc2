import { styleText } from 'node:util';
import type { Outcome, Result } from './results.ts';
import type { Report } from './smoke.ts';

const marks: Record<Outcome, string> = {
  ok: styleText('green', 'ok         '),
  failed: styleText('red', 'FAILED     '),
  'not checked': styleText('yellow', 'not checked'),
};

export const lineOf = ({ subject, name, outcome, text, ms }: Result): string =>
  `${marks[outcome]}  ${subject.padEnd(11)}  ${name.padEnd(52)}  ${text} ${styleText('dim', `${ms} ms`)}`;

const count = ({ results }: Report, outcome: Outcome): number =>
  results.filter((result) => result.outcome === outcome).length;

const totalsOf = (report: Report) => ({
  ok: count(report, 'ok'),
  failed: count(report, 'failed'),
  notChecked: count(report, 'not checked'),
});

/** 1 if something failed. */
export const exitCodeOf = (report: Report): number => (report.stopped ? 130 : Number(count(report, 'failed') > 0));

interface Latency {
  endpoint: string;
  ms: number;
  calls: number;
}

/** By endpoint the longest call, the slowest endpoint first, and percentiles of all calls. */
export function latenciesOf({ calls }: Report): { endpoints: Latency[]; p50: number; p95: number; max: number } {
  const byEndpoint = new Map<string, number[]>();
  for (const { endpoint, ms } of calls) {
    const name = `${endpoint.method} ${endpoint.path}`;
    byEndpoint.set(name, [...(byEndpoint.get(name) ?? []), Math.round(ms)]);
  }
  const endpoints = Array.from(byEndpoint, ([endpoint, all]) => ({
    endpoint,
    ms: Math.max(...all),
    calls: all.length,
  }));
  const sorted = calls.map(({ ms }) => Math.round(ms)).sort((a, b) => a - b);
  const percentile = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return {
    endpoints: endpoints.sort((a, b) => b.ms - a.ms),
    p50: percentile(0.5),
    p95: percentile(0.95),
    max: percentile(1),
  };
}

/** The table of latencies, the totals and what remains. */
export function summaryOf(report: Report): string[] {
  const { endpoints, p50, p95, max } = latenciesOf(report);
  const { ok, failed, notChecked } = totalsOf(report);
  const rows = endpoints.map(({ endpoint, ms, calls }) => {
    const of = calls > 1 ? ` (the longest of ${calls})` : '';
    return `${String(ms).padStart(6)} ms  ${endpoint}${of}`;
  });
  return [
    '',
    ...rows,
    `p50 ${p50} ms, p95 ${p95} ms, max ${max} ms, including the network between`,
    '',
    `${report.url}: ${ok} ok, ${failed} failed, ${notChecked} not checked${report.stopped ? ', then stopped' : ''}`,
    ...report.remaining.map((email) => `The account ${email} remains.`),
  ];
}

/** For other programs. */
export const jsonOf = (report: Report): string =>
  JSON.stringify(
    {
      url: report.url,
      totals: totalsOf(report),
      checks: report.results,
      latencies: latenciesOf(report),
      remaining: report.remaining,
    },
    undefined,
    2,
  );
