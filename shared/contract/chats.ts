import * as z from 'zod/mini';
import { days, defineEndpoint, hours } from './endpoint.ts';
import { highestSeq, id, success, text, time } from './fields.ts';

export const chat = z.object({
  id,
  name: z.string().check(z.describe('In a direct chat, the name of the other person.')),
  type: z.enum(['group', 'direct']),
  participantIds: z.array(id),
  inviteCode: z.optional(z.string()).check(z.describe('Only in groups, and only while the group has one.')),
  createdAt: time,
  lastMessageAt: z.optional(time),
  lastMessage: z.optional(z.string()).check(z.describe('Its first 300 characters.')),
  lastSeq: z.int().check(z.describe('The number of the newest message, 0 before the first.')),
  unreadCount: z.int().check(z.describe('How many message numbers are above the last one that I have read.')),
});

export type Chat = z.output<typeof chat>;

export const chatResponse = z.object({ chat });

export const readMark = z.object({
  userId: id,
  seq: z.int().check(z.describe('The number of the last message that this participant has read, 0 before the first.')),
});

const inChat = z.object({ chatId: id });

export const listChats = defineEndpoint({
  name: 'chats/list-chats',
  method: 'GET',
  path: '/chats',
  access: 'user',
  summary:
    'List my chats, newest message first; of more than an answer holds (some 120 full groups) the ones joined first',
  response: z.object({ chats: z.array(chat) }),
  problems: [],
});

export const openDirect = defineEndpoint({
  name: 'chats/open-direct',
  method: 'POST',
  path: '/chats/direct',
  access: 'session',
  limits: [{ per: 'user', allow: 100, within: days(1) }],
  summary: 'Open my direct chat with another person; there is only one',
  body: z.object({ userId: id }),
  response: chatResponse,
  example: { body: { userId: 'user-id' } },
  problems: ['user_not_found', 'not_yourself', 'blocked', 'too_many_requests'],
});

export const markRead = defineEndpoint({
  name: 'chats/mark-read',
  method: 'POST',
  path: '/chats/{chatId}/read',
  access: 'user',
  summary: 'Mark messages as read up to a number; it never moves back',
  params: inChat,
  body: z.object({ seq: z.int().check(z.gte(0), z.lte(highestSeq), z.describe('The number of the message.')) }),
  response: z.object({ seq: z.int().check(z.describe('The number up to which I have read.')) }),
  example: { body: { seq: 1 } },
  problems: ['not_a_participant'],
});

export const listReads = defineEndpoint({
  name: 'chats/list-reads',
  method: 'GET',
  path: '/chats/{chatId}/reads',
  access: 'user',
  summary: 'List how far each participant has read',
  params: inChat,
  response: z.object({ reads: z.array(readMark) }),
  problems: ['not_a_participant'],
});

export const reportMessage = defineEndpoint({
  name: 'chats/report-message',
  method: 'POST',
  path: '/messages/report',
  access: 'session',
  limits: [{ per: 'user', allow: 50, within: hours(1) }],
  summary: 'Report a message to the operator',
  body: z.object({ chatId: id, messageId: id, reason: text(1, 1000) }),
  response: success,
  example: { body: { chatId: 'chat-id', messageId: 'message-id', reason: 'Spam' } },
  problems: ['not_a_participant', 'message_not_found', 'too_many_requests'],
});
