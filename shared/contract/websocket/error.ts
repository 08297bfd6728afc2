import * as z from 'zod/mini';
import { fieldError } from '../problem.ts';
import type { ProblemCode } from '../problems.ts';

/** Server to client: why a frame was refused. The connection stays open. */
export const errorFrame = z.object({
  type: z.literal('error'),
  code: z.string().check(z.describe('What clients test for. Codes never change.')),
  message: z.string().check(z.describe('A text for people.')),
  clientId: z.optional(z.string()).check(z.describe('The clientId of the refused frame, if it had one.')),
  chatId: z.optional(z.string()).check(z.describe('The chatId of the refused frame, if it had one.')),
  errors: z.optional(z.array(fieldError)).check(z.describe('With `invalid_input`, the wrong fields.')),
  retryAfter: z.optional(z.int()).check(z.describe('Seconds to wait before the frame is sent again.')),
});

export type ErrorFrame = z.output<typeof errorFrame>;

/** Why a frame can be refused, by route. The answer is an `error` frame. */
export const frameProblems = {
  message: [
    'invalid_input',
    'not_a_participant',
    'blocked',
    'posting_restricted',
    'chat_locked',
    'suspended',
    'role_too_low',
    'unknown_reply',
    'client_id_reused',
    'too_many_requests',
    'internal',
    'unavailable',
    'maintenance',
  ],
  sync: [
    'invalid_input',
    'not_a_participant',
    'blocked',
    'too_many_requests',
    'internal',
    'unavailable',
    'maintenance',
  ],
  // One too many is dropped.
  typing: ['invalid_input', 'not_a_participant', 'blocked', 'internal', 'unavailable', 'maintenance'],
  read: ['invalid_input', 'not_a_participant', 'internal', 'unavailable', 'maintenance'],
  ping: ['internal'],
  // Frames that are not JSON or have an unknown type.
  $default: ['malformed_json', 'unknown_type', 'internal'],
} as const satisfies Record<string, readonly ProblemCode[]>;
