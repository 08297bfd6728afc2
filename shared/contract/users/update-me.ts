import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { personName } from '../fields/index.ts';
import { rule } from '../fields/rules.ts';
import { addedBy, userResponse } from './user.ts';

export const updateMe = defineEndpoint({
  name: 'users/update-me',
  method: 'PATCH',
  path: '/users/me',
  access: 'session',
  summary: 'Change my name, who may add me to groups, or whether others see when I was last seen',
  body: z
    .object({
      name: z.optional(personName),
      addedBy: z.optional(addedBy),
      showLastSeen: z
        .optional(z.boolean())
        .check(z.describe('Whether others see if I am connected and when I was last seen, and I see it of them.')),
    })
    .check(
      rule(
        'nothing_given',
        (body) => body.name !== undefined || body.addedBy !== undefined || body.showLastSeen !== undefined,
        'must have a name, addedBy or showLastSeen',
      ),
    ),
  response: userResponse,
  example: { body: { name: 'User Name' } },
  problems: [],
});
