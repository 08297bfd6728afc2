import * as z from 'zod/mini';
import { time } from '../fields/index.ts';

/** Which messages of a chat notify me. */
export const level = z.enum(['all', 'mentions', 'none']);

export const notifications = z.object({
  level: level.check(z.describe('Which messages notify me: all, only those that mention me, or none.')),
  mutedUntil: z.optional(time).check(z.describe('Until then nothing notifies me, whatever the level.')),
});

export const place = z.object({
  pinned: z.boolean().check(z.describe('Shown above the other chats.')),
  archived: z.boolean().check(z.describe('Shown apart from the other chats.')),
});

export type Notifications = z.output<typeof notifications>;
export type Place = z.output<typeof place>;
