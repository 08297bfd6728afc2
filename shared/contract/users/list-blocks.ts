import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { id, time } from '../fields/index.ts';
import { avatarUrl } from './user.ts';

export const blockedUser = z.object({
  id,
  name: z.string(),
  userDeleted: z.optional(z.literal(true)).check(z.describe('The account is gone.')),
  avatarUrl,
  blockedAt: time,
});

export const listBlocks = defineEndpoint({
  name: 'users/list-blocks',
  method: 'GET',
  path: '/users/me/blocks',
  access: 'session',
  summary: 'List the people I have blocked',
  response: z.object({ users: z.array(blockedUser) }),
  problems: [],
});
