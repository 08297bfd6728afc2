import * as z from 'zod/mini';
import { rule, wellFormed } from './rules.ts';

/** In UTF-16 units: normalizing 64 KB of combining marks takes a second. */
const maxTried = 1000;
const maxBytes = 72;

const normalized = z.transform((password: string) => password.normalize('NFKC'));

/** bcrypt ignores everything after 72 bytes or a NUL, so such passwords are refused. */
export const newPassword = z
  .pipe(
    z.pipe(
      z
        .string()
        .check(rule('too_many_bytes', ({ length }) => length <= maxTried, 'must have at most 72 bytes', maxBytes)),
      normalized,
    ),
    z.string().check(
      wellFormed,
      rule('malformed_text', (password) => !password.includes('\0'), 'must not contain NUL'),
      rule('too_short', (password) => [...password].length >= 8, 'must have at least 8 characters', 8),
      rule(
        'too_many_bytes',
        (password) => Buffer.byteLength(password) <= maxBytes,
        'must have at most 72 bytes',
        maxBytes,
      ),
    ),
  )
  .check(
    z.meta({ minLength: 8, maxLength: 72 }),
    z.describe(
      'At least 8 characters and at most 72 bytes of UTF-8, counted after NFKC normalization, so that the same password typed on different keyboards matches. The most common passwords are refused.',
    ),
  );

/** At login any string may be tried; only its size is limited. */
export const triedPassword = z.pipe(z.string().check(z.maxLength(maxTried)), normalized);
