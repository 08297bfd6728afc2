import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '#shared/platform/settings.ts';
import { db } from '../client.ts';
import { keys } from '../keys.ts';
import { nowInSeconds } from '../write.ts';

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
  /** Its files, which are in the bucket as long as the message exists: chats/{chatId}/{number}/{id}. */
  fileIds: string[];
}

/** How long a report is kept. It may be the last copy of a deleted message, so it is not kept for ever. */
const reportSeconds = 180 * 24 * 60 * 60;

/** Reporting again in the same month replaces the report. */
export async function storeReport(report: Report): Promise<void> {
  const month = report.reportedAt.slice(0, 7);
  const expiresAt = nowInSeconds() + reportSeconds;
  const Item = { ...keys.report(month, report.messageId, report.reporterId), ...report, expiresAt };
  await db.send(new PutCommand({ TableName: table, Item }));
}
