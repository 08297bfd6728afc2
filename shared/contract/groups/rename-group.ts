import * as z from 'zod/mini';
import { defineEndpoint, hours } from '../endpoint.ts';
import { groupName } from '../fields/index.ts';
import { groupResponse } from './group.ts';
import { ofGroup } from './path.ts';

export const renameGroup = defineEndpoint({
  name: 'groups/rename-group',
  method: 'PATCH',
  path: '/groups/{groupId}',
  access: 'session',
  limits: [{ per: 'user', allow: 60, within: hours(1) }],
  summary: 'Rename a group (admins and the owner)',
  params: ofGroup,
  body: z.object({ name: groupName }),
  response: groupResponse,
  example: { body: { name: 'Group Name' } },
  problems: ['not_a_participant', 'not_a_group', 'role_too_low', 'too_many_requests'],
});
