import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { code, phone, triedPassword } from '../fields/index.ts';
import { proofs, wrongProofs } from './limits.ts';
import { userResponse } from './user.ts';

export const linkPhone = defineEndpoint({
  name: 'users/link-phone',
  method: 'PUT',
  path: '/users/me/phone',
  hashesPassword: true,
  access: 'session',
  limits: [wrongProofs, proofs],
  summary: 'Link a phone to my account or replace it, with a code sent to the new phone',
  body: z.object({
    phone,
    code,
    password: z.optional(triedPassword).check(z.describe('The account’s password: either this or `currentCode`.')),
    currentCode: z.optional(code).check(z.describe('A code sent to the account’s old phone.')),
  }),
  response: userResponse,
  example: { body: { phone: '+79991234567', code: '123456', password: 'correct horse' } },
  problems: [
    'wrong_code',
    'wrong_credentials',
    'proof_missing',
    'phone_taken',
    'changed_meanwhile',
    'too_many_requests',
  ],
});
