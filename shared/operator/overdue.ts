import { listOpenReports } from '#shared/data/operator/reports.ts';
import { countMetric } from '#shared/platform/metrics.ts';

/** After this time an open report raises the alarm, milliseconds. */
const overdueMs = 24 * 60 * 60_000;

/** Returns how many messages have been waiting for more than a day. */
export async function countOverdueReports(now = Date.now()): Promise<{ open: number; overdue: number }> {
  const open = await listOpenReports();
  const overdue = open.filter(({ firstReportedAt }) => now - Date.parse(firstReportedAt) > overdueMs).length;
  if (overdue > 0) countMetric('OverdueReports', overdue);
  return { open: open.length, overdue };
}
