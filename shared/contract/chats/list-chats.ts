import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { nextPage, queryNumber } from '../fields/index.ts';
import { largePages } from '../large-pages.ts';
import { chat } from './chat.ts';

export const listChats = defineEndpoint({
  name: 'chats/list-chats',
  method: 'GET',
  path: '/chats',
  access: 'user',
  limits: [largePages],
  summary: 'List my chats, newest message first; all in one answer up to 5.5 MB, or in pages',
  query: z.object({
    limit: z.optional(queryNumber(1, 1000)).check(z.describe('The maximum number of chats to return.')),
    cursor: z
      .optional(
        z
          .string()
          .check(z.maxLength(120), z.regex(/^\d{4}-.+~.+$/, { error: 'must be the cursor of an earlier page' })),
      )
      .check(z.describe('The `cursor` of the previous page.')),
  }),
  response: z.object({
    chats: z.array(chat),
    cursor: nextPage,
  }),
  problems: ['too_many_requests'],
});
