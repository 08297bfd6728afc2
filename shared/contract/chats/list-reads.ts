import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { id, memberPage, nextPage } from '../fields/index.ts';
import { largePages } from '../large-pages.ts';
import { inChat } from './path.ts';

export const readMark = z.object({
  userId: id,
  seq: z.int().check(z.describe('The number of the last message that this participant has read, 0 before the first.')),
});

export const listReads = defineEndpoint({
  name: 'chats/list-reads',
  method: 'GET',
  path: '/chats/{chatId}/reads',
  access: 'user',
  limits: [largePages],
  summary: 'List how far each participant has read, in pages',
  params: inChat,
  query: memberPage,
  response: z.object({ reads: z.array(readMark), cursor: nextPage }),
  problems: ['not_a_participant', 'too_many_requests'],
});
