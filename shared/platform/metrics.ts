import type { Metric } from '#shared/contract/metrics.ts';
import { settings } from './settings.ts';

const namespace = settings.metricsNamespace();

const counts = new Map<Metric, number>();

/** Counts something. The sums for an event leave with its log line. */
export function countMetric(name: Metric, count = 1): void {
  if (count > 0) counts.set(name, (counts.get(name) ?? 0) + count);
}

/**
 * Returns and resets the counts, as fields for a log line in CloudWatch's embedded metric format. That takes no call,
 * no grant and no waiting.
 */
export function takeMetrics(): object {
  if (counts.size === 0) return {};
  const values = Object.fromEntries(counts);
  counts.clear();
  return asMetrics(values);
}

/** A count for a single log line, by a field such as a cause. CloudWatch keeps one metric for each value. */
export const countBy = (field: Record<string, string>, name: Metric, count: number): object => ({
  ...field,
  ...asMetrics({ [name]: count }, Object.keys(field)),
});

function asMetrics(values: Record<string, number>, dimensions: string[] = []): object {
  const metrics = Object.keys(values).map((name) => ({ Name: name, Unit: 'Count' }));
  const directive = { Namespace: namespace, Dimensions: [dimensions], Metrics: metrics };
  return { ...values, _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] } };
}
