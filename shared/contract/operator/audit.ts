import * as z from 'zod/mini';
import { time } from '../fields/index.ts';
import { defineCommand } from './command.ts';
import { cursor, month } from './fields.ts';

/** How long the record of an action is kept, days. */
export const auditDays = 400;

export const listAudit = defineCommand({
  name: 'audit',
  summary: 'List what operators have done in a month, the newest first',
  effect: 'reads',
  input: z.object({ month: z.optional(month), cursor: z.optional(cursor) }),
  positional: [],
  response: z.object({
    actions: z.array(
      z.object({
        at: time,
        by: z.string().check(z.describe('The ARN of the caller.')),
        command: z.string(),
        about: z.string().check(z.describe('Whom or what the command was about, as JSON.')),
        reason: z.optional(z.string()),
        outcome: z
          .string()
          .check(z.describe('"done", the code of a problem, or "begun" while it runs or after it broke off.')),
        requestId: z.string().check(z.describe('Finds it in the log.')),
      }),
    ),
    cursor: z.optional(cursor),
  }),
  problems: [],
});
