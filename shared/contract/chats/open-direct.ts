import * as z from 'zod/mini';
import { days, defineEndpoint } from '../endpoint.ts';
import { id } from '../fields/index.ts';
import { chat } from './chat.ts';

export const chatResponse = z.object({ chat });

export const openDirect = defineEndpoint({
  name: 'chats/open-direct',
  method: 'POST',
  path: '/chats/direct',
  access: 'session',
  limits: [{ per: 'user', allow: 100, within: days(1) }],
  summary: 'Open the direct chat with another person; each pair of people has only one',
  body: z.object({ userId: id }),
  response: chatResponse,
  example: { body: { userId: 'user-id' } },
  problems: ['user_not_found', 'not_yourself', 'blocked', 'too_many_requests'],
});
