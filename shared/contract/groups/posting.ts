import * as z from 'zod/mini';
import { hours } from '../endpoint.ts';

export const posting = z
  .enum(['everyone', 'admins'])
  .check(z.describe('Who may write: everyone, or only the owner and admins. Everybody may still read and react.'));

export const slowModeSeconds = z
  .int()
  .check(
    z.minimum(0),
    z.maximum(hours(1)),
    z.describe('How long a member waits after a message before the next one; 0 for not at all. Admins never wait.'),
  );

/** Who may write in a chat, and how often, as it is shown: absent is the default. */
export const postingRules = {
  posting: z
    .optional(z.literal('admins'))
    .check(z.describe('Only in groups where only the owner and admins may write.')),
  locked: z
    .optional(z.literal(true))
    .check(z.describe('The operator has locked the chat: nobody can write or change anything.')),
  slowModeSeconds: z
    .optional(z.int())
    .check(z.describe('Only in groups with slow mode: how long a member waits after a message before the next one.')),
};
