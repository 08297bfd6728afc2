import type { Metric } from '#shared/contract/metrics.ts';
import { settings } from './settings.ts';

const namespace = settings.metricsNamespace();

const counts = new Map<Metric, number>();

/** Our own for the same reason as the logger: a line with two metrics takes 6 us of CPU, and 25 us with Powertools. */

/** Counts something. The invocation's last log line carries the sums. */
export function countMetric(name: Metric, count = 1): void {
  if (count > 0) counts.set(name, (counts.get(name) ?? 0) + count);
}

/**
 * Returns and resets the counts, as fields of a log line in CloudWatch's embedded metric format. CloudWatch reads metrics
 * from such lines, so the function makes no call and needs no grant.
 */
export function takeMetrics(): object {
  if (counts.size === 0) return {};
  const values = Object.fromEntries(counts);
  counts.clear();
  return asMetrics(values);
}

/** Fields that count something in a single log line, by a field such as `cause`. CloudWatch keeps a metric for each value. */
export const countBy = (field: Record<string, string>, name: Metric, count: number): object => ({
  ...field,
  ...asMetrics({ [name]: count }, Object.keys(field)),
});

function asMetrics(values: Record<string, number>, dimensions: string[] = []): object {
  const metrics = Object.keys(values).map((name) => ({ Name: name, Unit: 'Count' }));
  const directive = { Namespace: namespace, Dimensions: [dimensions], Metrics: metrics };
  return { ...values, _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] } };
}
