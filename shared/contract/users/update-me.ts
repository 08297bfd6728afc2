import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { personName } from '../fields/index.ts';
import { rule } from '../fields/rules.ts';
import { addedBy, pushPreview, userResponse } from './user.ts';

export const updateMe = defineEndpoint({
  name: 'users/update-me',
  method: 'PATCH',
  path: '/users/me',
  access: 'session',
  summary:
    'Change my name, who may add me to groups, whether others see when I was last seen, or what push notifications show',
  body: z
    .object({
      name: z.optional(personName),
      addedBy: z.optional(addedBy),
      showLastSeen: z
        .optional(z.boolean())
        .check(z.describe('Whether others see if I am connected and when I was last seen, and I see it of them.')),
      pushPreview: z.optional(pushPreview),
    })
    .check(
      rule(
        'nothing_given',
        (body) => Object.values(body).some((value) => value !== undefined),
        'must have a name, addedBy, showLastSeen or pushPreview',
      ),
    ),
  response: userResponse,
  example: { body: { name: 'User Name' } },
  problems: [],
});
