import * as z from 'zod/mini';

/** Trimmed and lower-cased, so that one email has one account. 254 is RFC 5321's limit for a path. */
export const email = z
  .string()
  .check(z.trim(), z.toLowerCase(), z.maxLength(254), z.email({ error: 'must be an email address' }));
