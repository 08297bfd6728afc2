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
  const metrics = Object.keys(values).map((name) => ({ Name: name, Unit: 'Count' }));
  const directive = { Namespace: namespace, Dimensions: [[]], Metrics: metrics };
  return { ...values, _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] } };
}
