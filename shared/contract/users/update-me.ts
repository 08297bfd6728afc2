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
  summary: 'Change my name, or who may add me to groups',
  body: z
    .object({ name: z.optional(personName), addedBy: z.optional(addedBy) })
    .check(
      rule(
        'nothing_given',
        ({ name, addedBy: by }) => name !== undefined || by !== undefined,
        'must have a name or addedBy',
      ),
    ),
  response: userResponse,
  example: { body: { name: 'User Name' } },
  problems: [],
});
