import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { id, time } from '../fields/index.ts';
import { group } from './group.ts';
import { ofGroup } from './path.ts';
import { role } from './role.ts';

export const member = z.object({ userId: id, name: z.string(), role, joinedAt: time });

export const groupWithMembers = z.extend(group, { members: z.array(member) });

export const getGroup = defineEndpoint({
  name: 'groups/get-group',
  method: 'GET',
  path: '/groups/{groupId}',
  access: 'user',
  summary: 'Read a group with its members',
  params: ofGroup,
  response: z.object({ group: groupWithMembers }),
  problems: ['not_a_participant', 'not_a_group'],
});
