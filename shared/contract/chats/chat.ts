import * as z from 'zod/mini';
import { id, time } from '../fields/index.ts';

export const chat = z.object({
  id,
  name: z.string().check(z.describe('In a direct chat, the name of the other person.')),
  type: z.enum(['group', 'direct']),
  participantIds: z.array(id),
  inviteCode: z.optional(z.string()).check(z.describe('Only in groups, and only while the group has one.')),
  createdAt: time,
  lastMessageAt: time.check(z.describe('Before the first message: `createdAt`.')),
  lastMessage: z.string().check(z.describe('The first 300 characters of the newest message; empty before the first.')),
  lastSeq: z.int().check(z.describe('The number of the newest message, 0 before the first.')),
  unreadCount: z
    .int()
    .check(z.describe('How many messages of others are above the last one I have read. My own are never unread.')),
});

export type Chat = z.output<typeof chat>;
