import * as z from 'zod/mini';
import { defineEndpoint, minutes } from '../endpoint.ts';
import { id } from '../fields/index.ts';

export const createTicket = defineEndpoint({
  name: 'auth/create-ticket',
  method: 'POST',
  path: '/auth/ticket',
  access: 'session',
  limits: [{ per: 'user', allow: 60, within: minutes(1) }],
  summary: 'Get a ticket that opens one socket (/ws/chat/{chatId}?ticket=...) without a token in its URL',
  body: z.object({
    chatId: z
      .optional(id)
      .check(
        z.describe(
          'The chat that the socket is for. If the handshake would be refused, this request is refused with the same code, which a browser can read. The ticket itself works for any chat.',
        ),
      ),
  }),
  response: z.object({ ticket: z.string(), expiresIn: z.int().check(z.describe('Seconds.')) }),
  example: { body: { chatId: 'chat-id' } },
  problems: ['not_a_participant', 'blocked', 'too_many_requests'],
});
