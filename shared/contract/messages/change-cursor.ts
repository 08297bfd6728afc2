import * as z from 'zod/mini';

/** How far an answer with changes goes, over REST and on the socket. */
export const changeCursor = {
  rev: z
    .int()
    .check(
      z.describe(
        'The new cursor: the client has every change up to it, and no others will appear there. With several pages, the first one’s counts.',
      ),
    ),
  head: z.int().check(z.describe('The newest change. While it is above `rev`, ask once more after a minute.')),
  next: z
    .optional(z.int())
    .check(z.describe('There are more changes: ask again at once, with this in place of the cursor.')),
  reset: z
    .optional(z.literal(true))
    .check(
      z.describe('There are too many changes, or the cursor is not valid: forget the chat and load its newest page.'),
    ),
};
