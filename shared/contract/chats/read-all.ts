import * as z from 'zod/mini';
import { defineEndpoint, minutes } from '../endpoint.ts';

export const readAll = defineEndpoint({
  name: 'chats/read-all',
  method: 'POST',
  path: '/chats/read-all',
  access: 'user',
  limits: [{ per: 'user', allow: 10, within: minutes(1) }],
  summary: 'Mark all messages in all my chats as read',
  response: z.object({
    chats: z.int().check(z.describe('How many chats had something unread and are read now.')),
    more: z.optional(z.literal(true)).check(z.describe('Time ran out: send the request again for the other chats.')),
  }),
  problems: ['too_many_requests'],
});
