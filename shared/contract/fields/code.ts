import * as z from 'zod/mini';

export const code = z
  .string()
  .check(
    z.trim(),
    z.regex(/^\d{6}$/, { error: 'must be 6 digits' }),
    z.describe('A one-time code, sent by text message: POST /auth/code.'),
  );
