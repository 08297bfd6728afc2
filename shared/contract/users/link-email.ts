import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { code, email, newPassword } from '../fields/index.ts';
import { proofs, wrongProofs } from './limits.ts';
import { userResponse } from './user.ts';

export const linkEmail = defineEndpoint({
  name: 'users/link-email',
  method: 'PUT',
  path: '/users/me/email',
  hashesPassword: true,
  access: 'session',
  limits: [wrongProofs, proofs],
  summary: 'Link an email to my account or replace it, with the account’s password; the first email sets the password',
  body: z.object({
    email,
    password: newPassword.check(z.describe('The account’s password. If it has none yet, this becomes its password.')),
    code: z
      .optional(code)
      .check(z.describe('A code sent to the account’s phone; required if the account has no password.')),
  }),
  response: userResponse,
  example: { body: { email: 'user@example.com', password: 'correct horse' } },
  problems: [
    'wrong_code',
    'wrong_credentials',
    'proof_missing',
    'password_too_common',
    'email_taken',
    'changed_meanwhile',
    'too_many_requests',
  ],
});
