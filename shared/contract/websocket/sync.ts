import * as z from 'zod/mini';
import { type Limit, minutes } from '../endpoint.ts';
import { highestSeq } from '../fields/index.ts';

/** Counts a user over all their sockets. */
export const syncing = { per: 'user', allow: 120, within: minutes(1) } as const satisfies Limit;

/** The most messages in the answer to one `sync`. */
export const syncPage = 500;

/** Client to server: asks for what came after a number; answered by those messages in their order, then `synced`. */
export const syncFrame = z.object({
  type: z.literal('sync'),
  after: z
    .int()
    .check(z.minimum(0), z.maximum(highestSeq), z.describe('The number up to which the client has every message.')),
});

/** Server to client, the end of an answer to `sync`. */
export const syncedFrame = z.object({
  type: z.literal('synced'),
  seq: z
    .int()
    .check(
      z.describe(
        'The `after` of the next `sync`: up to this number nothing is missing, and nothing will come. It is below the last message while an earlier number may still be on its way.',
      ),
    ),
  more: z.optional(z.literal(true)).check(z.describe('There is more: ask again at once.')),
});
