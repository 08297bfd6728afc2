import * as z from 'zod/mini';
import { defineEndpoint, hours } from '../endpoint.ts';
import { success } from '../fields/index.ts';
import { ofMember } from './path.ts';
import { role } from './role.ts';

export const setRole = defineEndpoint({
  name: 'groups/set-role',
  method: 'PUT',
  path: '/groups/{groupId}/members/{userId}/role',
  access: 'session',
  limits: [{ per: 'user', allow: 100, within: hours(1) }],
  summary: 'Change a member’s role (the owner); naming a new owner makes the old one an admin',
  params: ofMember,
  body: z.object({ role }),
  response: success,
  example: { body: { role: 'admin' } },
  problems: [
    'chat_locked',
    'not_a_participant',
    'not_a_group',
    'role_too_low',
    'member_not_found',
    'not_yourself',
    'changed_meanwhile',
    'too_many_requests',
  ],
});
