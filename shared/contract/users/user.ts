import * as z from 'zod/mini';
import { email, id } from '../fields/index.ts';

/** A profile as its owner sees it. */
export const user = z.object({
  id,
  email: z.optional(email),
  name: z.string(),
  phone: z.optional(z.string()),
});

export const userResponse = z.object({ user });
