import * as z from 'zod/mini';
import { message } from '../chats/message.ts';
import { id, time } from '../fields/index.ts';
import { defineCommand } from './command.ts';
import { cursor, messageId, month, reason } from './fields.ts';

/** How long a report is kept, days. It may be the last copy of a deleted message, so it is not kept for ever. */
export const reportDays = 180;

const reportedMessage = z.object({
  messageId,
  chatId: id,
  authorId: id,
  firstReportedAt: time,
  lastReportedAt: time,
  reporters: z.int().check(z.describe('How many people have reported the message.')),
  lastReason: z.string(),
  open: z.boolean(),
});

export const listReports = defineCommand({
  name: 'reports',
  summary: 'List the reported messages that are open, the oldest first; of a month, the closed ones too',
  effect: 'reads',
  input: z.object({ month: z.optional(month), cursor: z.optional(cursor) }),
  positional: [],
  response: z.object({
    reports: z
      .array(reportedMessage)
      .check(
        z.describe('At most 1,000 open ones. Of a month, a message whose reports end a page is on the next one too.'),
      ),
    total: z
      .optional(z.int())
      .check(z.describe('How many messages are open, at most 5,000. Absent in the list of a month.')),
    cursor: z.optional(cursor),
  }),
  problems: [],
});

const singleReport = z.object({
  reporterId: id,
  reporterName: z.string(),
  reason: z.string(),
  reportedAt: time,
  content: z.string().check(z.describe('The message as it was then.')),
  fileIds: z.array(id),
  closedAt: z.optional(time),
});

export const showReport = defineCommand({
  name: 'report',
  summary: 'Show a reported message: who reported it and why, and five messages before and after it',
  effect: 'reads',
  input: z.object({ messageId }),
  positional: ['messageId'],
  response: z.object({
    chatId: id,
    authorId: id,
    authorName: z.string(),
    open: z.boolean(),
    reports: z.array(singleReport).check(z.describe('The newest first.')),
    message: z.optional(message).check(z.describe('As it is now; absent if it is gone.')),
    around: z.array(message).check(z.describe('It and the messages around it as they are now, the oldest first.')),
  }),
  problems: ['report_not_found'],
});

export const closeReport = defineCommand({
  name: 'close',
  summary: 'Close the reports of a message',
  effect: 'changes',
  input: z.object({ messageId, reason }),
  positional: ['messageId'],
  response: z.object({ closed: z.int().check(z.describe('How many reports were open.')) }),
  problems: ['report_not_found', 'changed_meanwhile'],
});
