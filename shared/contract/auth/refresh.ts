import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';

export const refresh = defineEndpoint({
  name: 'auth/refresh',
  method: 'POST',
  path: '/auth/refresh',
  access: 'public',
  summary: 'Get a new access token for a refresh token',
  body: z.object({
    refreshToken: z.string().check(z.maxLength(4096)),
    rotate: z
      .optional(z.boolean())
      .check(
        z.describe(
          'Asks for a new refresh token too. The old one stays valid until the new one is first used; using it after that ends the session.',
        ),
      ),
  }),
  response: z.object({
    accessToken: z.string(),
    refreshToken: z.optional(z.string()).check(z.describe('Only with `rotate`.')),
  }),
  example: { body: { refreshToken: 'jwt-refresh-token' } },
  problems: ['token_invalid', 'token_expired'],
});
