import * as z from 'zod/mini';
import { days, defineEndpoint, hours } from '../endpoint.ts';
import { time } from '../fields/index.ts';
import { ofGroup } from './path.ts';

export const renewInvite = defineEndpoint({
  name: 'groups/renew-invite',
  method: 'POST',
  path: '/groups/{groupId}/invite',
  access: 'session',
  limits: [{ per: 'user', allow: 60, within: hours(1) }],
  summary: 'Create a new invite code (admins and the owner); the old one stops working',
  params: ofGroup,
  body: z.object({
    expiresIn: z
      .optional(z.int().check(z.gte(60), z.lte(days(365))))
      .check(z.describe('How long the code is valid, in seconds. By default it does not expire.')),
    maxUses: z
      .optional(z.int().check(z.gte(1), z.lte(1000)))
      .check(z.describe('How many people may join with the code. By default there is no limit.')),
  }),
  response: z.object({ inviteCode: z.string(), expiresAt: z.optional(time), maxUses: z.optional(z.int()) }),
  example: { body: { expiresIn: 86_400, maxUses: 10 } },
  problems: ['not_a_participant', 'not_a_group', 'role_too_low', 'changed_meanwhile', 'too_many_requests'],
});
