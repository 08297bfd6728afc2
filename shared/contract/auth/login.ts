import * as z from 'zod/mini';
import { defineEndpoint, hours, type Limit, minutes } from '../endpoint.ts';
import { code, device, email, phone, triedPassword } from '../fields/index.ts';
import { signedIn } from './session.ts';

/**
 * All logins, each of which hashes a password, and wrong guesses; those of a one-time code over all addresses are limited
 * by the code itself.
 */
const logins: readonly Limit[] = [
  { per: 'ip', allow: 600, within: hours(1) },
  { per: 'ip', allow: 100, within: minutes(15), counts: 'wrong guesses' },
  { per: 'login+ip', allow: 10, within: minutes(15), counts: 'wrong guesses' },
  { per: 'email', allow: 100, within: minutes(15), counts: 'wrong guesses', apartInKnownNetworks: true },
];

const byPassword = z.object({ email, password: triedPassword, device: z.optional(device) });

const byCode = z.object({ phone, code, device: z.optional(device) });

export const login = defineEndpoint({
  name: 'auth/login',
  method: 'POST',
  path: '/auth/login',
  hashesPassword: true,
  access: 'public',
  limits: logins,
  summary: 'Log in: with email and password, or with phone and one-time code; a new phone creates an account',
  body: z.union([byCode, byPassword]),
  response: signedIn,
  example: { body: { email: 'user@example.com', password: 'correct horse' } },
  problems: ['suspended', 'wrong_credentials', 'wrong_code', 'switched_off', 'too_many_requests'],
});
