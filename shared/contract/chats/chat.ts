import * as z from 'zod/mini';
import { id, time } from '../fields/index.ts';
import { postingRules } from '../groups/posting.ts';
import { message, messageMetadata } from './message.ts';
import { notifications, place } from './own-settings.ts';

export const chat = z.object({
  id,
  name: z.string().check(z.describe('In a direct chat, the name of the other person.')),
  userDeleted: z
    .optional(z.literal(true))
    .check(z.describe('Only in a direct chat: the other person’s account is gone.')),
  type: z.enum(['group', 'direct']),
  participantIds: z.array(id),
  pictureUrl: z
    .optional(z.string())
    .check(z.describe('The picture of a group; in a direct chat, the avatar of the other person.')),
  inviteCode: z.optional(z.string()).check(z.describe('Only in groups, and only while the group has one.')),
  createdAt: time,
  lastMessageAt: time.check(z.describe('Before the first message: `createdAt`.')),
  lastMessage: z.string().check(z.describe('The first 300 characters of the newest message; empty before the first.')),
  lastMessageType: z.optional(message.shape.type),
  lastMessageUserId: z.optional(id),
  lastMessageUserName: z.optional(z.string()),
  lastMessageUserDeleted: z.optional(z.literal(true)),
  lastMessageMetadata: z
    .optional(messageMetadata)
    .check(z.describe('The newest message’s `metadata`, with the first 300 characters of a `question`.')),
  lastMessageDeleted: z.optional(z.literal(true)).check(z.describe('The newest message was deleted.')),
  lastSeq: z.int().check(z.describe('The number of the newest message, 0 before the first.')),
  unreadCount: z
    .int()
    .check(z.describe('How many messages of others are above the last one I have read. My own are never unread.')),
  lastRev: z
    .int()
    .check(z.describe('How many changes the chat has had: if you know fewer, ask for them. It is no cursor.')),
  epoch: z.string().check(z.describe('Another one means that a backup was restored: forget all numbers and messages.')),
  mentionCount: z.int().check(z.describe('How many unread messages mention me, by id or as part of everyone.')),
  markedUnread: z
    .optional(z.literal(true))
    .check(z.describe('I have marked the chat as unread, and have not read it since.')),
  notifications: z.optional(notifications).check(z.describe('Absent: all messages notify me.')),
  place: z.optional(place).check(z.describe('Absent: neither pinned nor archived.')),
  ...postingRules,
});

export type Chat = z.output<typeof chat>;
