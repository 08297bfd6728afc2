import * as z from 'zod/mini';
import { defineEndpoint, hours } from '../endpoint.ts';
import { id } from '../fields/index.ts';
import { ofUser } from './path.ts';
import { avatarUrl } from './user.ts';

/** A person as others see them. */
export const person = z.object({ id, name: z.string(), avatarUrl });

export const getUser = defineEndpoint({
  name: 'users/get-user',
  method: 'GET',
  path: '/users/{userId}',
  access: 'user',
  limits: [{ per: 'user', allow: 300, within: hours(1) }],
  summary: 'Read the name of a person who is in a chat with me',
  params: ofUser,
  response: z.object({ user: person }),
  problems: ['user_not_found', 'too_many_requests'],
});
