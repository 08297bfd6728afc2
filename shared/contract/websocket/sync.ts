import * as z from 'zod/mini';
import { type Limit, minutes } from '../endpoint.ts';
import { highestSeq } from '../fields/index.ts';

/** Counts all sockets of a user together. */
export const syncing = { per: 'user', allow: 120, within: minutes(1) } as const satisfies Limit;

/** The messages sent in answer to all of a user's `sync` frames. */
export const syncedMessages = { per: 'user', allow: 10_000, within: minutes(1) } as const satisfies Limit;

/** The maximum number of messages in the answer to one `sync`. */
export const syncPage = 500;

/** Client to server: asks for the messages after a number. The answer is those messages in order, then `synced`. */
export const syncFrame = z.object({
  type: z.literal('sync'),
  after: z
    .int()
    .check(z.minimum(0), z.maximum(highestSeq), z.describe('The number up to which the client has every message.')),
});

/** Server to client: the end of the answer to `sync`. */
export const syncedFrame = z.object({
  type: z.literal('synced'),
  seq: z
    .int()
    .check(
      z.describe(
        'Use it as `after` in the next `sync`. The client has every message up to this number, and no others will appear there. It stays below the last message sent while an earlier number may still be filled.',
      ),
    ),
  more: z.optional(z.literal(true)).check(z.describe('There are more messages: send `sync` again at once.')),
});
