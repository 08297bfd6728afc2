import * as z from 'zod/mini';
import { id, time } from '../fields/index.ts';
import { exportedSession, exportMe } from '../users/export-me.ts';
import { defineCommand } from './command.ts';
import { cursor, reason, who } from './fields.ts';

const person = z.object({
  id,
  name: z.string(),
  email: z.optional(z.string()),
  phone: z.optional(z.string()),
  createdAt: time,
  suspendedAt: z.optional(time),
  lastUsedAt: z.optional(time).check(z.describe('When a session was last used.')),
});

const aboutPerson = z.object({ user: person });

export const showUser = defineCommand({
  name: 'user',
  summary: 'Show an account, without anything that its user has written',
  effect: 'reads',
  input: z.object({ who }),
  positional: ['who'],
  response: z.object({
    user: person,
    sessions: z.array(exportedSession),
    chats: z.int().check(z.describe('In how many chats the user is.')),
    blocks: z.int().check(z.describe('How many people the user has blocked.')),
    googleLinked: z.boolean(),
  }),
  problems: ['user_not_found'],
});

export const suspendUser = defineCommand({
  name: 'suspend',
  summary: 'Suspend an account: ends its sessions and sockets, and refuses to log in, write and join',
  effect: 'changes',
  input: z.object({ who, reason }),
  positional: ['who'],
  response: aboutPerson,
  problems: ['user_not_found'],
});

export const unsuspendUser = defineCommand({
  name: 'unsuspend',
  summary: 'Lift a suspension',
  effect: 'changes',
  input: z.object({ who, reason }),
  positional: ['who'],
  response: aboutPerson,
  problems: ['user_not_found'],
});

export const exportUser = defineCommand({
  name: 'export',
  summary: 'Export everything about an account, as its user could, in pages',
  effect: 'reads',
  input: z.object({ who, reason, cursor: z.optional(cursor) }),
  positional: ['who'],
  response: exportMe.response,
  problems: ['user_not_found'],
});

export const eraseUser = defineCommand({
  name: 'erase',
  summary: 'Erase an account; with messages, everything that it has written too',
  effect: 'final',
  input: z.object({
    who,
    reason,
    messages: z._default(z.boolean(), false).check(z.describe('Delete what the user has written as well.')),
    cursor: z.optional(cursor),
  }),
  positional: ['who'],
  response: z.object({
    erased: z
      .boolean()
      .check(z.describe('Whether the account is erased. Otherwise send the request again with `cursor`.')),
    cursor: z.optional(cursor),
  }),
  problems: ['user_not_found', 'deletion_unfinished'],
});
