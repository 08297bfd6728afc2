import * as z from 'zod/mini';
import { defineEndpoint, hours } from '../endpoint.ts';
import { email, id, phone } from '../fields/index.ts';
import { rule } from '../fields/rules.ts';

export const foundUser = z.object({ id, name: z.string(), email: z.optional(email), phone: z.optional(phone) });

const fiftyAtMost = z.describe('At most 50 emails and phones in total.');

export const findUsers = defineEndpoint({
  name: 'users/find-users',
  method: 'POST',
  path: '/users/lookup',
  access: 'session',
  limits: [{ per: 'user', allow: 40, within: hours(1) }],
  summary: 'Find the users who have these emails and phones',
  body: z
    .object({
      emails: z._default(z.array(email), []).check(fiftyAtMost),
      phones: z._default(z.array(phone), []).check(fiftyAtMost),
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
