import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { id } from '../fields/index.ts';
import { largePages } from '../large-pages.ts';
import { chat } from './chat.ts';

const { lastSeq, lastRev, epoch, unreadCount, mentionCount, markedUnread, notifications, place } = chat.shape;

export const unreadChat = z.object({
  chatId: id,
  lastSeq,
  lastRev,
  epoch,
  readSeq: z.int().check(z.describe('The number of the last message before the first one that counts as new for me.')),
  unreadCount,
  mentionCount,
  markedUnread,
  notifications,
  place,
});

export const listUnread = defineEndpoint({
  name: 'chats/list-unread',
  method: 'GET',
  path: '/chats/unread',
  access: 'user',
  limits: [largePages],
  summary: 'List the numbers of all my chats, which show what has changed, and what is unread in all of them',
  response: z.object({
    total: z
      .int()
      .check(
        z.describe(
          'The sum of the unread messages. A chat that I have muted adds nothing, one with the level `mentions` its `mentionCount`, and one that I have marked as unread at least 1.',
        ),
      ),
    mentions: z.int().check(z.describe('The sum of `mentionCount`, also of chats that I have muted.')),
    chats: z.array(unreadChat).check(z.describe('In no particular order.')),
  }),
  problems: ['too_many_requests'],
});

export type UnreadChat = z.output<typeof unreadChat>;
