import * as z from 'zod/mini';

export const inviteCode = z
  .string()
  .check(
    z.trim(),
    z.toUpperCase(),
    z.minLength(1),
    z.maxLength(32),
    z.describe('Surrounding spaces and lower case are accepted, because people type these codes by hand.'),
  );
