import * as z from 'zod/mini';
import { id } from '../fields/index.ts';
import { rule } from '../fields/rules.ts';
import type { ProblemCode } from '../problems.ts';

/**
 * `wss://HOST/ws/chat/{chatId}?token={accessToken}` or `wss://HOST/ws/inbox?token={accessToken}` as API Gateway receives it. A
 * ticket replaces the token.
 */
export const connectQuery = z
  .object({
    chatId: z._default(id, ''),
    inbox: z
      .optional(z.literal('1'))
      .check(z.describe('"1" opens a socket for all of my chats, in place of one chat.')),
    token: z._default(z.string().check(z.maxLength(4096)), '').check(z.describe('An access token.')),
    ticket: z
      .optional(z.string().check(z.maxLength(100)))
      .check(z.describe('From POST /auth/ticket, instead of a token.')),
    events: z
      .optional(z.string().check(z.maxLength(10)))
      .check(z.describe('"1" asks for live frames too: `read`, `changed` and `ai.delta`.')),
  })
  .check(
    rule(
      'not_together',
      ({ chatId, inbox }) => inbox === undefined || chatId === '',
      'give only one of chatId and inbox',
    ),
  );

/** Open sockets of one user in chats, over all devices: each costs a post per frame. One more is refused. */
export const maxChatSockets = 100;

/** Open inboxes of one user, over all devices. One more closes the oldest. */
export const maxInboxes = 30;

/** Why a handshake can be refused. Its status is that of the code. */
export const connectProblems = [
  'invalid_input',
  'token_invalid',
  'token_expired',
  'session_ended',
  'not_a_participant',
  'blocked',
  'too_many_requests',
  'route_not_found',
  'url_too_long',
  'internal',
  'unavailable',
  'maintenance',
] as const satisfies ProblemCode[];
