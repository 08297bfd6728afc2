import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { personName } from '../fields/index.ts';
import { userResponse } from './user.ts';

export const updateMe = defineEndpoint({
  name: 'users/update-me',
  method: 'PATCH',
  path: '/users/me',
  access: 'session',
  summary: 'Change my name',
  body: z.object({ name: personName }),
  response: userResponse,
  example: { body: { name: 'User Name' } },
  problems: [],
});
