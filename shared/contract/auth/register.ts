import * as z from 'zod/mini';
import { defineEndpoint, hours } from '../endpoint.ts';
import { device, email, newPassword, personName } from '../fields/index.ts';
import { signedIn } from './session.ts';

export const register = defineEndpoint({
  name: 'auth/register',
  method: 'POST',
  path: '/auth/register',
  hashesPassword: true,
  access: 'public',
  feature: 'registration',
  limits: [{ per: 'ip', allow: 100, within: hours(1) }],
  summary: 'Create an account with an email and a password',
  body: z.object({ email, password: newPassword, name: z.optional(personName), device: z.optional(device) }),
  response: signedIn,
  example: { body: { email: 'user@example.com', password: 'correct horse', name: 'User Name' } },
  problems: ['email_taken', 'password_too_common', 'too_many_requests'],
});
