import { requireParticipant } from '#shared/chats/access.ts';
import { findMessage } from '#shared/chats/messages/find-message.ts';
import { reportMessage } from '#shared/contract/chats/report-message.ts';
import { succeeded } from '#shared/contract/fields/success.ts';
import { storeReport } from '#shared/data/operator/reports.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(reportMessage, async ({ userId, body: { chatId, messageId, reason } }) => {
  await requireParticipant(userId, chatId);
  const message = await findMessage(chatId, messageId);
  if (!message) throw new Problem('message_not_found');
  if (message.deletedAt !== undefined) throw new Problem('message_deleted');
  const { userId: authorId, content = '', files = [] } = message;
  const fileIds = files.map(({ id }) => id);
  const reportedAt = new Date().toISOString();
  await storeReport({ reporterId: userId, reason, reportedAt, chatId, messageId, authorId, content, fileIds });
  countMetric('ReportedMessages');
  return succeeded;
});
