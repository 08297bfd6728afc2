import * as z from 'zod/mini';
import { defineEndpoint, hours } from '../endpoint.ts';
import { id } from '../fields/index.ts';
import { groupResponse } from './group.ts';
import { beingAdded, maxAtOnce } from './limits.ts';
import { ofGroup } from './path.ts';

export const addMembers = defineEndpoint({
  name: 'groups/add-members',
  method: 'POST',
  path: '/groups/{groupId}/members',
  access: 'session',
  limits: [{ per: 'user', allow: 100, within: hours(1) }, beingAdded],
  summary: 'Add people to a group (admins and the owner); existing members stay as they are',
  params: ofGroup,
  body: z.object({
    userIds: z.array(id).check(z.minLength(1), z.maxLength(maxAtOnce, { error: 'must list at most 45 users' })),
  }),
  response: groupResponse,
  example: { body: { userIds: ['user-id'] } },
  problems: [
    'chat_locked',
    'not_a_participant',
    'not_a_group',
    'role_too_low',
    'unknown_participants',
    'blocked',
    'not_addable',
    'group_full',
    'changed_meanwhile',
    'too_many_requests',
  ],
});
