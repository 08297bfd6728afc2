import * as z from 'zod/mini';
import { defineEndpoint, minutes } from './endpoint.ts';
import { id, success } from './fields.ts';

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
    'google_not_configured',
    'google_busy',
    'too_many_requests',
  ],
});

export const unlinkGoogle = defineEndpoint({
  name: 'google/unlink-google',
  method: 'DELETE',
  path: '/auth/gmail/token',
  access: 'session',
  summary: 'Unlink my Google account, and revoke its tokens at Google',
  response: success,
  problems: [],
});

export const createMeeting = defineEndpoint({
  name: 'google/create-meeting',
  method: 'POST',
  path: '/google/meet/create',
  access: 'session',
  limits: [{ per: 'user', allow: 10, within: minutes(1) }],
  summary: 'Create a Google Meet link, and post it into a chat if one is named',
  body: z.object({ chatId: z.optional(id).check(z.describe('The chat to post the link into.')) }),
  response: z.object({ meetUrl: z.string() }),
  example: { body: { chatId: 'chat-id' } },
  problems: [
    'google_not_linked',
    'google_link_expired',
    'google_not_configured',
    'google_busy',
    'not_a_participant',
    'blocked',
    'too_many_requests',
  ],
});
