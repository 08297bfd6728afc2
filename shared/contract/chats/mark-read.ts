import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { highestSeq } from '../fields/index.ts';
import { inChat } from './path.ts';

export const markRead = defineEndpoint({
  name: 'chats/mark-read',
  method: 'POST',
  path: '/chats/{chatId}/read',
  access: 'user',
  summary: 'Mark messages as read up to a number; the mark never moves back',
  params: inChat,
  body: z.object({
    seq: z
      .int()
      .check(
        z.gte(0),
        z.lte(highestSeq),
        z.describe(
          'The number of the last message read. Send it every 5 seconds at most, and when the user leaves the chat.',
        ),
      ),
  }),
  response: z.object({
    seq: z
      .int()
      .check(z.describe('The number of the last message I have read. It may be one of my own, which I need not mark.')),
  }),
  example: { body: { seq: 1 } },
  problems: ['not_a_participant'],
});
