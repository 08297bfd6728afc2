import * as z from 'zod/mini';
import { rule } from './rules.ts';

/** RFC 5321, of the whole address and of what precedes the @. */
const maxLength = 254;
const maxLocalPart = 64;

const shortLocalPart = rule(
  'too_long',
  (email) => email.length > maxLength || email.indexOf('@') <= maxLocalPart,
  'must have at most 64 characters before the @',
  maxLocalPart,
);

/** Trimmed and lower-cased, so that one email has one account. 254 is RFC 5321's limit for a path. */
export const email = z.string().check(
  z.trim(),
  z.toLowerCase(),
  z.maxLength(maxLength),
  rule('email', (text) => z.regexes.email.test(text), 'must be an email address'),
  shortLocalPart,
);
