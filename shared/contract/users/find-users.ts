import * as z from 'zod/mini';
import { defineEndpoint, hours } from '../endpoint.ts';
import { id } from '../fields/index.ts';
import { rule } from '../fields/rules.ts';
import { avatarUrl } from './user.ts';

export const foundUser = z.object({
  id,
  name: z.string(),
  email: z.optional(z.string()),
  phone: z.optional(z.string()),
  avatarUrl,
  entry: z.string().check(z.describe('The entry of the request that found this user, exactly as it was sent.')),
});

/** An address book has anything in it, and the other entries still count. */
const entry = z
  .pipe(
    z.unknown(),
    z.transform((value) => (typeof value === 'string' ? value : '')),
  )
  .check(z.meta({ type: 'string' }));

const fiftyAtMost = z.describe('At most 50 emails and phones in total. An entry that is neither finds nobody.');

export const findUsers = defineEndpoint({
  name: 'users/find-users',
  method: 'POST',
  path: '/users/lookup',
  access: 'session',
  limits: [{ per: 'user', allow: 40, within: hours(1) }],
  summary: 'Find the users who have these emails and phones, in the order of the entries, emails first',
  body: z
    .object({
      emails: z._default(z.array(entry), []).check(fiftyAtMost),
      phones: z._default(z.array(entry), []).check(fiftyAtMost),
    })
    .check(
      rule(
        'too_many_items',
        ({ emails, phones }) => emails.length + phones.length <= 50,
        'must list at most 50 emails and phones in total',
        50,
      ),
    ),
  response: z.object({ users: z.array(foundUser) }),
  example: { body: { emails: ['user@example.com'], phones: ['+79991234567'] } },
  problems: ['too_many_requests'],
});
