import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { highestSeq, queryNumber } from '../fields/index.ts';
import { rule } from '../fields/rules.ts';
import { largePages } from '../large-pages.ts';
import { message } from './message.ts';
import { inChat } from './path.ts';

const seqFrom = (min: number) => queryNumber(min, highestSeq);

export const listMessages = defineEndpoint({
  name: 'chats/list-messages',
  method: 'GET',
  path: '/chats/{chatId}/messages',
  access: 'user',
  limits: [largePages],
  summary: 'Read a page of messages, oldest first: the newest page, or the one after, before or around a number',
  params: inChat,
  query: z
    .object({
      limit: z._default(queryNumber(1, 100), 100).check(z.describe('The maximum number of messages to return.')),
      after: z.optional(seqFrom(0)).check(z.describe('The page after this number.')),
      before: z.optional(seqFrom(1)).check(z.describe('The page before this number.')),
      around: z
        .optional(seqFrom(1))
        .check(z.describe('The page around this number. At either end of the chat it is filled from the other side.')),
    })
    .check(
      rule(
        'not_together',
        (query) => [query.after, query.before, query.around].filter((seq) => seq !== undefined).length <= 1,
        'give only one of after, before and around',
      ),
    ),
  response: z.object({
    messages: z.array(message),
    rev: z
      .int()
      .check(z.describe('The cursor to ask for changes from here on: GET /chats/{chatId}/changes, or `sync`.')),
    epoch: z.string().check(z.describe('Send it with `rev`.')),
  }),
  problems: ['not_a_participant', 'too_many_requests'],
});
