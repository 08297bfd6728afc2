import * as z from 'zod/mini';
import { defineEndpoint, minutes } from '../endpoint.ts';
import { success } from '../fields/index.ts';

export const linkGoogle = defineEndpoint({
  name: 'google/link-google',
  method: 'POST',
  path: '/auth/gmail/token',
  access: 'session',
  limits: [{ per: 'user', allow: 20, within: minutes(60) }],
  summary: 'Link my Google account: with an access token or a server auth code from google_sign_in',
  body: z.object({
    token: z
      .string()
      .check(
        z.trim(),
        z.minLength(1),
        z.maxLength(4096),
        z.regex(/^[!-~]+$/, { error: 'must be visible ASCII characters' }),
        z.describe('An access token or a server auth code; it must allow meetings.space.created.'),
      ),
  }),
  response: success,
  example: { body: { token: 'google-oauth-token' } },
  problems: [
    'google_token_invalid',
    'google_wrong_audience',
    'google_scope_missing',
    'google_blocked',
    'google_not_configured',
    'google_busy',
    'too_many_requests',
  ],
});
