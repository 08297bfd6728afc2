import * as z from 'zod/mini';
import { days, defineEndpoint, hours, type Limit, minutes } from './endpoint.ts';
import { code, device, email, id, newPassword, personName, phone, success, time, triedPassword } from './fields.ts';
import { user } from './users.ts';

export const signedIn = z.object({
  user,
  accessToken: z.string().check(z.describe('Valid for one hour.')),
  refreshToken: z.string().check(z.describe('Valid for 30 days, or until the session ends.')),
});

export const session = z.object({
  id,
  device: z.string(),
  createdAt: time,
  lastUsedAt: time,
  current: z.boolean().check(z.describe('Whether it is the session of this request.')),
});

/** Limits on guessing, over all ways to log in. */
const failedLogins: readonly Limit[] = [
  { per: 'ip', allow: 100, within: minutes(15), counts: 'wrong guesses' },
  { per: 'account', allow: 10, within: minutes(15), counts: 'wrong guesses' },
];

export const register = defineEndpoint({
  name: 'auth/register',
  method: 'POST',
  path: '/auth/register',
  hashesPassword: true,
  access: 'public',
  limits: [{ per: 'ip', allow: 100, within: hours(1) }],
  summary: 'Create an account with an email and a password',
  body: z.object({ email, password: newPassword, name: z.optional(personName), device: z.optional(device) }),
  response: signedIn,
  example: { body: { email: 'user@example.com', password: 'correct horse', name: 'User Name' } },
  problems: ['email_taken', 'password_too_common', 'too_many_requests'],
});

const byPassword = z.object({ email, password: triedPassword, device: z.optional(device) });
const byCode = z.object({ phone, code, device: z.optional(device) });

export const login = defineEndpoint({
  name: 'auth/login',
  method: 'POST',
  path: '/auth/login',
  hashesPassword: true,
  access: 'public',
  limits: failedLogins,
  summary:
    'Log in: with an email and its password, or with a phone and a code sent to it; a new phone creates an account',
  body: z.union([byCode, byPassword]),
  response: signedIn,
  example: { body: { email: 'user@example.com', password: 'correct horse' } },
  problems: ['wrong_credentials', 'wrong_code', 'too_many_requests'],
});

export const sendCode = defineEndpoint({
  name: 'auth/send-code',
  method: 'POST',
  path: '/auth/code',
  access: 'public',
  // Against fraud by text messages. Narrow limits come first, so that one caller can't use up what all callers share.
  limits: [
    { per: 'ip', allow: 20, within: hours(1) },
    { per: 'phone', allow: 1, within: minutes(1) },
    { per: 'phone', allow: 5, within: days(1) },
    { per: 'stack', allow: 'monthlyTextMessages', within: days(30) },
  ],
  summary: 'Send a code to a phone, to log in or to link the phone; the answer is the same for every phone',
  body: z.object({ phone }),
  response: z.object({
    expiresIn: z.int().check(z.describe('How long the code is valid, in seconds.')),
    retryAfter: z.int().check(z.describe('Seconds until another code may be requested.')),
  }),
  example: { body: { phone: '+79991234567' } },
  problems: ['country_not_served', 'too_many_requests'],
});

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

export const logout = defineEndpoint({
  name: 'auth/logout',
  method: 'POST',
  path: '/auth/logout',
  access: 'session',
  summary: 'Log out: end this session, or all of them, and close their sockets',
  body: z.object({
    everywhere: z._default(z.boolean(), false).check(z.describe('Ends all my sessions instead of only this one.')),
  }),
  response: success,
  example: { body: { everywhere: false } },
  problems: [],
});

export const listSessions = defineEndpoint({
  name: 'auth/list-sessions',
  method: 'GET',
  path: '/auth/sessions',
  access: 'session',
  summary: 'List my sessions, the last used first',
  response: z.object({ sessions: z.array(session) }),
  problems: [],
});

export const endSession = defineEndpoint({
  name: 'auth/end-session',
  method: 'DELETE',
  path: '/auth/sessions/{sessionId}',
  access: 'session',
  summary: 'End one of my sessions and close its sockets',
  params: z.object({ sessionId: id }),
  response: success,
  problems: ['session_not_found'],
});

export const changePassword = defineEndpoint({
  name: 'auth/change-password',
  method: 'POST',
  path: '/auth/password',
  hashesPassword: true,
  access: 'session',
  limits: [{ per: 'user', allow: 10, within: minutes(15), counts: 'wrong guesses' }],
  summary: 'Change my password; my other sessions end',
  body: z.object({
    currentPassword: z.optional(triedPassword).check(z.describe('Either this or `code`.')),
    code: z
      .optional(code)
      .check(
        z.describe(
          'A code sent to the account’s phone. After forgetting the password, log in by phone and set a new one.',
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

export const createTicket = defineEndpoint({
  name: 'auth/create-ticket',
  method: 'POST',
  path: '/auth/ticket',
  access: 'session',
  limits: [{ per: 'user', allow: 60, within: minutes(1) }],
  summary: 'Get a ticket that opens one socket: /ws/chat/{chatId}?ticket=..., so that no token is in a URL',
  body: z.object({
    chatId: z
      .optional(id)
      .check(
        z.describe(
          'The chat that the socket is for: what would refuse the handshake is said here, where a browser can read it. The ticket is good for any chat all the same.',
        ),
      ),
  }),
  response: z.object({ ticket: z.string(), expiresIn: z.int().check(z.describe('Seconds.')) }),
  example: { body: { chatId: 'chat-id' } },
  problems: ['not_a_participant', 'blocked', 'too_many_requests'],
});
