import { scheduled } from '#shared/lambda/scheduled.ts';
import { countOverdueReports } from '#shared/operator/overdue.ts';

/** Counts the reports that have been open for more than a day, for the alarm. EventBridge invokes it every hour. */
export const handler = scheduled('count-reports', countOverdueReports);
