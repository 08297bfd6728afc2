import * as z from 'zod/mini';
import { notifications, place } from '../chats/own-settings.ts';
import { days, defineEndpoint } from '../endpoint.ts';
import { id, time } from '../fields/index.ts';
import { attachment } from '../files/attachment.ts';
import { user } from './user.ts';

export const exportedUser = z.extend(user, { createdAt: time });

export const exportedSession = z.object({ device: z.string(), createdAt: time, lastUsedAt: time });

export const exportedChat = z.object({
  id,
  role: z.string(),
  joinedAt: time,
  readSeq: z.int(),
  notifications: z.optional(notifications),
  place: z.optional(place),
});

export const formerChat = z.object({ id, leftAt: time });

export const ownMessage = z.object({
  chatId: id,
  seq: z.int(),
  createdAt: time,
  content: z.string().check(z.describe('Empty if the message was deleted.')),
  editedAt: z.optional(time),
  deletedAt: z.optional(time),
  replyToSeq: z.optional(z.int()).check(z.describe('The `seq` of the message that this one replies to.')),
  mentions: z.optional(z.array(id)),
  everyone: z.optional(z.literal(true)),
  attachments: z.optional(z.array(attachment)),
});

export const ownReaction = z.object({ chatId: id, seq: z.int(), emojis: z.array(z.string()) });

const onFirstPage = z.describe('Only on the first page.');

export const exportMe = defineEndpoint({
  name: 'users/export-me',
  method: 'GET',
  path: '/users/me/export',
  access: 'session',
  limits: [{ per: 'user', allow: 5000, within: days(1) }],
  summary: 'Export everything about me, in pages; later pages contain only messages',
  query: z.object({
    cursor: z.optional(z.string().check(z.maxLength(300), z.describe('The `cursor` of the previous page.'))),
  }),
  response: z.object({
    user: z.optional(exportedUser).check(onFirstPage),
    sessions: z.optional(z.array(exportedSession)).check(onFirstPage),
    blockedUserIds: z.optional(z.array(id)).check(onFirstPage),
    chats: z.optional(z.array(exportedChat)).check(onFirstPage),
    formerChats: z.optional(z.array(formerChat)).check(onFirstPage),
    messages: z.array(ownMessage).check(z.describe('My messages, by chat and in order. A page may be empty.')),
    reactions: z.optional(z.array(ownReaction)).check(z.describe('My reactions to messages, by chat and in order.')),
    cursor: z.optional(z.string()).check(z.describe('For the next page; absent on the last.')),
  }),
  problems: ['too_many_requests'],
});
