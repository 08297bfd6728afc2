/** Counts in CloudWatch, by a log line in its embedded metric format: no call, no grant, no waiting. */
export function countMetric(name: 'ReportedMessages' | 'AssistantTokens', count: number): void {
  const metrics = { Namespace: 'Chat', Dimensions: [[]], Metrics: [{ Name: name, Unit: 'Count' }] };
  const line = { _aws: { Timestamp: Date.now(), CloudWatchMetrics: [metrics] }, [name]: count };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
