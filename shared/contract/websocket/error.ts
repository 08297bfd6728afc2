import * as z from 'zod/mini';
import type { ProblemCode } from '../problems.ts';

/** Server to client: why a frame was refused. The connection stays open. */
export const errorFrame = z.object({
  type: z.literal('error'),
  code: z.string().check(z.describe('What to test for; it never changes.')),
  message: z.string().check(z.describe('Text for people.')),
  clientId: z.optional(z.string()).check(z.describe('The clientId of the refused frame, if it had one.')),
});

export type ErrorFrame = z.output<typeof errorFrame>;

/** What a frame can be refused with, in an `error` frame, by the keys of the routes that take frames. */
export const frameProblems = {
  message: [
    'invalid_input',
    'not_a_participant',
    'blocked',
    'client_id_reused',
    'too_many_requests',
    'internal',
    'unavailable',
  ],
  sync: ['invalid_input', 'not_a_participant', 'too_many_requests', 'internal', 'unavailable'],
  ping: ['internal'],
  // What is not JSON, or of a type that nobody knows.
  $default: ['malformed_json', 'unknown_type', 'internal'],
} as const satisfies Record<string, readonly ProblemCode[]>;
