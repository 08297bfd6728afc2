import * as z from 'zod/mini';
import { defineEndpoint, hours } from '../endpoint.ts';
import { groupName } from '../fields/index.ts';
import { rule } from '../fields/rules.ts';
import { groupResponse } from './group.ts';
import { ofGroup } from './path.ts';
import { posting, slowModeSeconds } from './posting.ts';

export const renameGroup = defineEndpoint({
  name: 'groups/rename-group',
  method: 'PATCH',
  path: '/groups/{groupId}',
  access: 'session',
  limits: [{ per: 'user', allow: 60, within: hours(1) }],
  summary: 'Rename a group, or change who may write in it and how often (admins and the owner)',
  params: ofGroup,
  body: z
    .object({
      name: z.optional(groupName),
      posting: z.optional(posting),
      slowModeSeconds: z.optional(slowModeSeconds),
    })
    .check(
      rule(
        'nothing_given',
        (body) => body.name !== undefined || body.posting !== undefined || body.slowModeSeconds !== undefined,
        'must have a name, posting or slowModeSeconds',
      ),
    ),
  response: groupResponse,
  example: { body: { name: 'Group Name' } },
  problems: ['chat_locked', 'not_a_participant', 'not_a_group', 'role_too_low', 'too_many_requests'],
});
