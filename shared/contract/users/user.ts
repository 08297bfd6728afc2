import * as z from 'zod/mini';
import { id } from '../fields/index.ts';

export const avatarUrl = z
  .optional(z.string())
  .check(z.describe('Valid until the end of the next day (UTC). Every answer has a current one.'));

export const addedBy = z
  .enum(['anyone', 'contacts', 'nobody'])
  .check(
    z.describe(
      'Who may add me to groups; by default anyone. Contacts are those I have written to in a direct chat. Everybody can send me an invite code.',
    ),
  );

export const pushPreview = z.enum(['text', 'name', 'none']).check(
  z.describe(
    'What push notifications show of a message: its text and its author’s name (the default), the name alone, or neither.',
  ),
  // Generated clients in Kotlin have a property "name" on every enum already.
  z.meta({ 'x-enum-varnames': ['text', 'nameOnly', 'none'] }),
);

/** A profile as its owner sees it. */
export const user = z.object({
  id,
  email: z.string().check(z.describe('Empty in an account without an email.')),
  name: z.string(),
  phone: z.optional(z.string()),
  avatarUrl,
  addedBy: z.optional(addedBy),
  showLastSeen: z
    .optional(z.literal(false))
    .check(z.describe('I hide when I was last seen, so I don’t see it of others either. Absent by default.')),
  pushPreview: z.optional(pushPreview),
});

export const userResponse = z.object({ user });
