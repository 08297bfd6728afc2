import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { code, newPassword, success, triedPassword } from '../fields/index.ts';
import { proofs, wrongProofs } from '../users/limits.ts';

export const changePassword = defineEndpoint({
  name: 'auth/change-password',
  method: 'POST',
  path: '/auth/password',
  hashesPassword: true,
  access: 'session',
  limits: [wrongProofs, proofs],
  summary: 'Change my password; my other sessions end',
  body: z.object({
    currentPassword: z.optional(triedPassword).check(z.describe('Either this or `code`.')),
    code: z
      .optional(code)
      .check(
        z.describe(
          'A code sent to the account’s phone. If you forgot the password, log in by phone and set a new one.',
        ),
      ),
    newPassword,
  }),
  response: success,
  example: { body: { currentPassword: 'correct horse', newPassword: 'battery staple' } },
  problems: [
    'wrong_credentials',
    'wrong_code',
    'proof_missing',
    'password_too_common',
    'changed_meanwhile',
    'too_many_requests',
  ],
});
