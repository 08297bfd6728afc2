import * as z from 'zod/mini';
import { id, time } from '../fields/index.ts';
import { messageMetadata } from './message.ts';

export const chat = z.object({
  id,
  name: z.string().check(z.describe('In a direct chat, the name of the other person.')),
  type: z.enum(['group', 'direct']),
  participantIds: z.array(id),
  inviteCode: z.optional(z.string()).check(z.describe('Only in groups, and only while the group has one.')),
  createdAt: time,
  lastMessageAt: z.optional(time),
  lastMessage: z.optional(z.string()).check(z.describe('The first 300 characters of the newest message.')),
  lastMessageType: z.optional(z.enum(['text', 'ai', 'system'])),
  lastMessageUserId: z.optional(id),
  lastMessageUserName: z.optional(z.string()),
  lastMessageUserDeleted: z.optional(z.literal(true)).check(z.describe('The author’s account is gone.')),
  lastMessageMetadata: z.optional(messageMetadata),
  userDeleted: z
    .optional(z.literal(true))
    .check(z.describe('In a direct chat: the account of the other person is gone.')),
  lastSeq: z.int().check(z.describe('The number of the newest message, 0 before the first.')),
  unreadCount: z.int().check(z.describe('How many message numbers are above the last one I have read.')),
});

export type Chat = z.output<typeof chat>;
