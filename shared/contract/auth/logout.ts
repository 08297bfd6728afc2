import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { success } from '../fields/index.ts';

export const logout = defineEndpoint({
  name: 'auth/logout',
  method: 'POST',
  path: '/auth/logout',
  access: 'session',
  summary: 'Log out: end this session, or all of them, and close their sockets',
  body: z.object({
    everywhere: z._default(z.boolean(), false).check(z.describe('Ends all my sessions, not only this one.')),
  }),
  response: success,
  example: { body: { everywhere: false } },
  problems: [],
});
