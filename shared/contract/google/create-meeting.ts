import * as z from 'zod/mini';
import { defineEndpoint, minutes } from '../endpoint.ts';
import { id } from '../fields/index.ts';

export const createMeeting = defineEndpoint({
  name: 'google/create-meeting',
  method: 'POST',
  path: '/google/meet/create',
  access: 'session',
  limits: [{ per: 'user', allow: 10, within: minutes(1) }],
  summary: 'Create a Google Meet link, and post it into a chat if one is named',
  body: z.object({ chatId: z.optional(id).check(z.describe('The chat to post the link into.')) }),
  response: z.object({ meetUrl: z.string() }),
  example: { body: { chatId: 'chat-id' } },
  problems: [
    'chat_locked',
    'google_not_linked',
    'google_link_expired',
    'google_blocked',
    'google_not_configured',
    'google_busy',
    'not_a_participant',
    'blocked',
    'posting_restricted',
    'too_many_requests',
  ],
});
