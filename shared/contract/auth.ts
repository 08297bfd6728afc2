import * as z from 'zod/mini';
import { defineEndpoint } from './endpoint.ts';
import { email, id, newPassword, personName, triedPassword } from './fields.ts';

const user = z.object({
  id,
  email: z.optional(email),
  name: z.string(),
  phone: z.optional(z.string()),
});

const signedIn = z.object({ user, accessToken: z.string(), refreshToken: z.string() });

export const register = defineEndpoint({
  name: 'auth/register',
  method: 'POST',
  path: '/auth/register',
  hashesPassword: true,
  access: 'public',
  summary: 'Make an account with an email and a password',
  body: z.object({ email, password: newPassword, name: z.optional(personName) }),
  response: signedIn,
  problems: ['email_taken'],
});

export const login = defineEndpoint({
  name: 'auth/login',
  method: 'POST',
  path: '/auth/login',
  hashesPassword: true,
  access: 'public',
  summary: 'Log in',
  // Login by {phone, code} becomes the second member of a union here.
  body: z.object({ email, password: triedPassword }),
  response: signedIn,
  problems: ['wrong_credentials'],
});

export const refresh = defineEndpoint({
  name: 'auth/refresh',
  method: 'POST',
  path: '/auth/refresh',
  access: 'public',
  summary: 'Get a new access token for a refresh token',
  body: z.object({ refreshToken: z.string().check(z.maxLength(4096)) }),
  response: z.object({ accessToken: z.string() }),
  problems: ['token_invalid', 'token_expired'],
});
