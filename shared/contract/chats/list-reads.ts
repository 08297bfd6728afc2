import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { id } from '../fields/index.ts';
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
  summary: 'List how far each participant has read',
  params: inChat,
  response: z.object({ reads: z.array(readMark) }),
  problems: ['not_a_participant'],
});
