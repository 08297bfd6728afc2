import * as z from 'zod/mini';
import { defineEndpoint, minutes } from '../endpoint.ts';
import { id, time } from '../fields/index.ts';
import { inChat } from './path.ts';

/** Each request reads every participant, and a longer list would help nobody find one person. */
export const maxPresent = 100;

export const presence = z.object({
  userId: id,
  connected: z.boolean().check(z.describe('Whether the user has an open socket, in any chat and on any device.')),
  lastSeen: z
    .optional(time)
    .check(
      z.describe(
        'When the user was last connected, rounded down to five minutes. Absent while connected, and after 30 days.',
      ),
    ),
});

export const listPresence = defineEndpoint({
  name: 'chats/list-presence',
  method: 'GET',
  path: '/chats/{chatId}/presence',
  access: 'user',
  limits: [{ per: 'user', allow: 60, within: minutes(1) }],
  summary: 'List who is connected, and when the others were last seen',
  params: inChat,
  response: z.object({
    users: z
      .array(presence)
      .check(
        z.describe(
          'Without those who hide it (`showLastSeen`), have blocked me, or have never written to me in this direct chat. Only myself if I hide it.',
        ),
      ),
  }),
  problems: ['not_a_participant', 'blocked', 'chat_too_large', 'too_many_requests'],
});
