import { findSeq } from '#shared/chats/messages/find-message.ts';
import { toMessages } from '#shared/chats/messages/messages.ts';
import type { AnswerOf, InputOf } from '#shared/contract/operator/command.ts';
import type { closeReport, listReports, showReport } from '#shared/contract/operator/reports.ts';
import { listMessagesAround } from '#shared/data/chats/messages.ts';
import {
  closeReports,
  getOpenReport,
  listOpenReports,
  listReportsIn,
  listReportsOf,
  type OpenReport,
  type Report,
} from '#shared/data/operator/reports.ts';
import { namesOf } from '#shared/people/display-names.ts';
import { Problem } from '#shared/platform/problem.ts';

/** Open reports that one answer lists. */
const maxListed = 1000;

/** Messages that are shown before and after a reported one. */
const context = 5;

export async function list({ month, cursor }: InputOf<typeof listReports>): Promise<AnswerOf<typeof listReports>> {
  if (month !== undefined) return listMonth(month, cursor);
  const open = await listOpenReports();
  const oldestFirst = open.sort((a, b) => (a.firstReportedAt < b.firstReportedAt ? -1 : 1));
  return { reports: oldestFirst.slice(0, maxListed).map(toListed), total: open.length };
}

const toListed = ({ messageId, chatId, authorId, reporterIds, ...open }: OpenReport) => {
  const { firstReportedAt, lastReportedAt, lastReason } = open;
  const reporters = reporterIds.size;
  return { messageId, chatId, authorId, firstReportedAt, lastReportedAt, reporters, lastReason, open: true };
};

async function listMonth(month: string, cursor: string | undefined): Promise<AnswerOf<typeof listReports>> {
  const { items, next } = await listReportsIn(month, cursor);
  const byMessage = Map.groupBy(items, ({ messageId }) => messageId);
  return { reports: [...byMessage.values()].map(summaryOf), ...(next && { cursor: next }) };
}

function summaryOf(reports: Report[]) {
  const newestFirst = reports.sort((a, b) => (a.reportedAt < b.reportedAt ? 1 : -1));
  const [last, first] = [newestFirst[0], newestFirst.at(-1)] as [Report, Report];
  const { messageId, chatId, authorId } = last;
  return {
    messageId,
    chatId,
    authorId,
    firstReportedAt: first.reportedAt,
    lastReportedAt: last.reportedAt,
    reporters: reports.length,
    lastReason: last.reason,
    open: reports.some(({ closedAt }) => closedAt === undefined),
  };
}

/** Throws `report_not_found`. */
export async function show({ messageId }: InputOf<typeof showReport>): Promise<AnswerOf<typeof showReport>> {
  const [reports, open] = await Promise.all([listReportsOf(messageId), getOpenReport(messageId)]);
  const [newest] = reports;
  if (!newest) throw new Problem('report_not_found');
  const { chatId, authorId } = newest;
  const seq = await findSeq(chatId, messageId);
  const [names, stored] = await Promise.all([
    namesOf([authorId, ...reports.map(({ reporterId }) => reporterId)]),
    seq === undefined ? [] : listMessagesAround(chatId, seq, 2 * context + 1),
  ]);
  const around = await toMessages(stored);
  const message = around.find((candidate) => candidate.id === messageId);
  return {
    chatId,
    authorId,
    authorName: names.get(authorId) as string,
    open: open !== undefined,
    reports: reports.map(({ reporterId, reason, reportedAt, content, fileIds, closedAt }) => ({
      reporterId,
      reporterName: names.get(reporterId) as string,
      reason,
      reportedAt,
      content,
      fileIds,
      ...(closedAt && { closedAt }),
    })),
    ...(message && { message }),
    around,
  };
}

/** Throws `report_not_found`, and `changed_meanwhile` if somebody has reported the message again at the same moment. */
export async function close({ messageId }: InputOf<typeof closeReport>): Promise<AnswerOf<typeof closeReport>> {
  const [reports, open] = await Promise.all([listReportsOf(messageId), getOpenReport(messageId)]);
  if (!open && reports.length === 0) throw new Problem('report_not_found');
  const left = reports.filter(({ closedAt }) => closedAt === undefined);
  if (await closeReports(messageId, open, left)) throw new Problem('changed_meanwhile');
  return { closed: left.length };
}
