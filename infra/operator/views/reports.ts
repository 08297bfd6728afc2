import type { Message } from '#shared/contract/chats/message.ts';
import type { AnswerTo, Input } from '../commands.ts';
import { details, type Look, localTime, table } from './text.ts';

type Listed = AnswerTo<'reports'>['reports'][number];

export function reports({ reports: listed, total }: AnswerTo<'reports'>, look: Look): string[] {
  const rows = joined(listed).map(({ messageId, firstReportedAt, reporters, open, lastReason }) => [
    messageId,
    localTime(firstReportedAt),
    String(reporters),
    open ? 'open' : 'closed',
    lastReason,
  ]);
  if (rows.length === 0) return ['No reports.'];
  const more = total !== undefined && total > rows.length ? [`These are the oldest of ${total} open ones.`] : [];
  return [...table(['message', 'first reported', 'people', 'state', 'last reason'], rows, look), ...more];
}

/** A message whose reports end a page is on the next one too. */
function joined(listed: Listed[]): Listed[] {
  return [...Map.groupBy(listed, ({ messageId }) => messageId).values()].map((parts) =>
    parts.reduce((a, b) => ({
      ...(a.lastReportedAt > b.lastReportedAt ? a : b),
      firstReportedAt: a.firstReportedAt < b.firstReportedAt ? a.firstReportedAt : b.firstReportedAt,
      reporters: a.reporters + b.reporters,
      open: a.open || b.open,
    })),
  );
}

export function report(answer: AnswerTo<'report'>, look: Look, { messageId }: Input): string[] {
  const { chatId, authorId, authorName, open, reports: single, message, around } = answer;
  const then = single.at(-1);
  return [
    ...details({
      message: String(messageId),
      chat: chatId,
      author: `${authorName} (${authorId})`,
      state: open ? 'open' : 'closed',
      ...(then && { 'was then': withFiles(then.content, then.fileIds.length) }),
      'is now': message ? contentOf(message) : 'gone',
    }),
    '',
    ...table(
      ['reported', 'by', 'reporter', 'closed', 'reason'],
      single.map(({ reportedAt, reporterName, reporterId, closedAt, reason }) => [
        localTime(reportedAt),
        reporterName,
        reporterId,
        closedAt ? localTime(closedAt) : '',
        reason,
      ]),
      look,
    ),
    ...(around.length > 0 ? ['', ...messagesAround(around, String(messageId), look)] : []),
  ];
}

/** The reported one is marked. */
const messagesAround = (around: Message[], reportedId: string, look: Look): string[] =>
  table(
    ['', 'sent', 'from', 'text'],
    around.map((one) => [one.id === reportedId ? '>' : '', localTime(one.createdAt), one.userName, contentOf(one)]),
    look,
  );

const contentOf = ({ content, attachments = [] }: Message) => withFiles(content, attachments.length);

const withFiles = (content: string, files: number) =>
  files === 0 ? content : `${content} [${files} ${files === 1 ? 'file' : 'files'}]`.trim();

export const close = ({ closed }: AnswerTo<'close'>): string[] => [
  closed === 0 ? 'The reports were closed already.' : `Closed ${closed} ${closed === 1 ? 'report' : 'reports'}.`,
];

export const removed = ({ message }: AnswerTo<'remove-message'>): string[] => [
  `Removed the message of ${localTime(message.createdAt)} from ${message.userId} in the chat ${message.chatId}.`,
];
