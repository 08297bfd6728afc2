import * as z from 'zod/mini';
import { defineEndpoint, minutes } from '../endpoint.ts';
import { highestSeq } from '../fields/index.ts';
import { inChat } from './path.ts';

export const markUnread = defineEndpoint({
  name: 'chats/mark-unread',
  method: 'POST',
  path: '/chats/{chatId}/unread',
  access: 'user',
  // Each reads a hundred messages.
  limits: [{ per: 'user', allow: 60, within: minutes(1) }],
  summary: 'Mark messages that I have read as unread again, from a number on; the mark that others see stays',
  params: inChat,
  body: z.object({
    seq: z
      .int()
      .check(
        z.gte(1),
        z.lte(highestSeq),
        z.describe('The number of the first message that counts as unread again. The next read mark ends it.'),
      ),
  }),
  response: z.object({
    seq: z
      .int()
      .check(
        z.describe('The number as used: at most 100 numbers up to the last message that I have read count again.'),
      ),
  }),
  example: { body: { seq: 1 } },
  problems: ['not_a_participant', 'too_many_requests'],
});
