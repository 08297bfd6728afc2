import type { Metric } from './contract/metrics.ts';
import { settings } from './settings.ts';

const namespace = settings.metricsNamespace();

const counts = new Map<Metric, number>();

/** Counts something. All that is counted while an event is handled leaves with the event's log line, summed. */
export function countMetric(name: Metric, count = 1): void {
  if (count > 0) counts.set(name, (counts.get(name) ?? 0) + count);
}

/**
 * What was counted since the last time, as the fields by which CloudWatch finds metrics in a log line: its embedded
 * metric format. No call, no grant, no waiting.
 */
export function takeMetrics(): object {
  if (counts.size === 0) return {};
  const values = Object.fromEntries(counts);
  counts.clear();
  return asMetrics(values);
}

/** The same of one line's own: a count by one of its fields, such as a cause. CloudWatch keeps one metric for each value. */
export const countBy = (field: Record<string, string>, name: Metric, count: number): object => ({
  ...field,
  ...asMetrics({ [name]: count }, Object.keys(field)),
});

function asMetrics(values: Record<string, number>, dimensions: string[] = []): object {
  const metrics = Object.keys(values).map((name) => ({ Name: name, Unit: 'Count' }));
  const directive = { Namespace: namespace, Dimensions: [dimensions], Metrics: metrics };
  return { ...values, _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] } };
}
