import { reportDays } from '#shared/contract/operator/reports.ts';
import { mapConcurrently } from '#shared/platform/lists.ts';
import { settings } from '#shared/platform/settings.ts';
import { type Key, keys } from '../keys.ts';
import { getItem, type Page, queryPage, queryPrefix } from '../table.ts';
import { deleteIf, nowInSeconds, updateIf, writeTogether } from '../write.ts';

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
  closedAt?: string;
}

/** A message with reports that nobody has closed. */
export interface OpenReport {
  messageId: string;
  chatId: string;
  authorId: string;
  firstReportedAt: string;
  lastReportedAt: string;
  lastReason: string;
  reporterIds: Set<string>;
}

/** Seconds since the epoch. */
interface Expiring {
  expiresAt: number;
}

const expiry = () => nowInSeconds() + reportDays * 24 * 60 * 60;

/** Reporting again in the same month replaces the report, and opens it again. */
export async function storeReport(report: Report): Promise<void> {
  const { messageId, reporterId, chatId, authorId, reportedAt, reason } = report;
  const expiresAt = expiry();
  const opening = {
    TableName: table,
    Key: keys.openReport(messageId),
    UpdateExpression:
      'SET messageId = :message, chatId = :chat, authorId = :author, lastReportedAt = :at, lastReason = :reason, firstReportedAt = if_not_exists(firstReportedAt, :at), expiresAt = :expiry ADD reporterIds :reporter',
    ExpressionAttributeValues: {
      ':message': messageId,
      ':chat': chatId,
      ':author': authorId,
      ':at': reportedAt,
      ':reason': reason,
      ':expiry': expiresAt,
      ':reporter': new Set([reporterId]),
    },
  };
  const Item = { ...keys.report(reportedAt.slice(0, 7), messageId, reporterId), ...report, expiresAt };
  // Together: a closing that sees the one must see the other.
  await writeTogether([{ Update: opening }, { Put: { TableName: table, Item } }]);
}

/** So many open ones are read at once, 2 MB: a hundred accounts can report 120,000 messages a day. */
const maxOpen = 5000;

/** What has expired must not be read any more, even while DynamoDB still has it. */
const isKept = ({ expiresAt }: Expiring): boolean => expiresAt > nowInSeconds();

/** The messages with open reports, in no particular order; of more than 5,000 only so many. */
export const listOpenReports = async (): Promise<OpenReport[]> =>
  (await queryPrefix<OpenReport & Expiring>(table, keys.openReports, maxOpen)).filter(isKept);

export async function getOpenReport(messageId: string): Promise<OpenReport | undefined> {
  const open = await getItem<OpenReport & Expiring>(table, keys.openReport(messageId));
  return open && isKept(open) ? open : undefined;
}

/** A page of a month's reports, by message. */
export async function listReportsIn(month: string, after?: string): Promise<Page<Report>> {
  const { items, next } = await queryPage<Report & Expiring>(table, keys.reportsIn(month), after);
  return { items: items.filter(isKept), next };
}

/** The months whose reports may not have expired, the newest first. */
function monthsOfReports(now = new Date()): string[] {
  const count = Math.ceil(reportDays / 28) + 1;
  const monthAgo = (n: number) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - n, 1));
  return Array.from({ length: count }, (_, n) => monthAgo(n).toISOString().slice(0, 7));
}

/** The reports of a message, the newest first. */
export async function listReportsOf(messageId: string): Promise<(Key & Report)[]> {
  const found = await mapConcurrently(monthsOfReports(), 4, (month) =>
    queryPrefix<Report & Expiring>(table, keys.reportsOf(month, messageId)),
  );
  return found
    .flat()
    .filter(isKept)
    .sort((a, b) => (a.reportedAt < b.reportedAt ? 1 : -1));
}

/** Closes these reports of a message. It stays open if another one has come since `open` was read. */
export async function closeReports(
  messageId: string,
  open: OpenReport | undefined,
  reports: (Key & Report)[],
): Promise<'reported again' | undefined> {
  const closedAt = new Date().toISOString();
  await mapConcurrently(reports, 8, ({ pk, sk, reportedAt }) =>
    updateIf({
      TableName: table,
      Key: { pk, sk },
      UpdateExpression: 'SET closedAt = :at',
      // Not one that has just replaced it.
      ConditionExpression: 'reportedAt = :reported AND attribute_not_exists(closedAt)',
      ExpressionAttributeValues: { ':at': closedAt, ':reported': reportedAt },
    }),
  );
  if (!open) return undefined;
  // Last: a closing that breaks off can be repeated.
  const { refused } = await deleteIf({
    TableName: table,
    Key: keys.openReport(messageId),
    ConditionExpression: 'attribute_not_exists(pk) OR lastReportedAt = :last',
    ExpressionAttributeValues: { ':last': open.lastReportedAt },
  });
  return refused ? 'reported again' : undefined;
}
