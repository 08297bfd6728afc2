type Metric = 'ReportedMessages' | 'AssistantTokens' | 'DeliveriesGivenUp';

/** Counts in CloudWatch, by a log line in its embedded metric format: no call, no grant, no waiting. */
export function countMetric(name: Metric, count: number, dimensions: Record<string, string> = {}): void {
  const metrics = {
    Namespace: 'Chat',
    Dimensions: [Object.keys(dimensions)],
    Metrics: [{ Name: name, Unit: 'Count' }],
  };
  const line = { _aws: { Timestamp: Date.now(), CloudWatchMetrics: [metrics] }, ...dimensions, [name]: count };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
