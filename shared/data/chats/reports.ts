import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from '../client.ts';
import { keys } from '../keys.ts';

const table = settings.chatTable();

/** A message that was reported to the operator, with its content at that time. */
export interface Report {
  reporterId: string;
  reason: string;
  reportedAt: string;
  chatId: string;
  messageId: string;
  authorId: string;
  content: string;
}

/** Reporting again in the same month replaces the report. */
export async function storeReport(report: Report): Promise<void> {
  const month = report.reportedAt.slice(0, 7);
  const Item = { ...keys.report(month, report.messageId, report.reporterId), ...report };
  await db.send(new PutCommand({ TableName: table, Item }));
}
