import * as z from 'zod/mini';
import { type Limit, minutes } from '../endpoint.ts';
import { epoch, highestSeq, id } from '../fields/index.ts';
import { changeCursor } from '../messages/change-cursor.ts';
import { frameChat } from './frame-chat.ts';

/** Counts all sockets of a user together. */
export const syncing = { per: 'user', allow: 120, within: minutes(1) } as const satisfies Limit;

/** The messages sent in answer to all of a user's `sync` frames. */
export const syncedMessages = { per: 'user', allow: 10_000, within: minutes(1) } as const satisfies Limit;

/** The maximum number of messages in the answer to one `sync`. */
export const syncPage = 500;

/** The maximum number of changed messages in the answer to one `sync`. */
export const changedPage = 500;

/**
 * Client to server: asks for the messages after a number and, with `rev`, for those changed since. The answer is the
 * messages in order, then `changed` frames, then `synced`.
 */
export const syncFrame = z.object({
  type: z.literal('sync'),
  chatId: frameChat,
  after: z
    .int()
    .check(z.minimum(0), z.maximum(highestSeq), z.describe('The number up to which the client has every message.')),
  rev: z
    .optional(z.int().check(z.minimum(0), z.maximum(highestSeq)))
    .check(z.describe('The cursor up to which the client has every change.')),
  epoch: z.optional(epoch).check(z.describe('The `epoch` that came with `rev`.')),
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
  more: z.optional(z.literal(true)).check(z.describe('There are more messages or changes: send `sync` again at once.')),
  chatId: z.optional(id).check(z.describe('This and what follows: only with `events=1`, or if `rev` was sent.')),
  rev: z.optional(changeCursor.rev),
  head: z.optional(changeCursor.head),
  next: changeCursor.next,
  reset: changeCursor.reset,
  epoch: z.optional(z.string()),
});
