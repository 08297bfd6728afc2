import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { code, success, triedPassword } from '../fields/index.ts';
import { wrongProofs } from './limits.ts';

/**
 * Changing how to log in to an account, or deleting it, requires its password or a code sent to its phone: a stolen
 * access token is not enough.
 */
const proof = {
  password: z.optional(triedPassword).check(z.describe('Either this or `code`.')),
  code: z.optional(code).check(z.describe('A code sent to the account’s phone.')),
};

export const deleteMe = defineEndpoint({
  name: 'users/delete-me',
  method: 'DELETE',
  path: '/users/me',
  hashesPassword: true,
  access: 'session',
  limits: [wrongProofs],
  summary: 'Delete my account; my messages stay, signed "Deleted user"',
  body: z.object(proof),
  response: success,
  example: { body: { password: 'correct horse' } },
  problems: ['wrong_credentials', 'wrong_code', 'proof_missing', 'deletion_unfinished', 'too_many_requests'],
});
