import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { id, memberPage, nextPage, time } from '../fields/index.ts';
import { largePages } from '../large-pages.ts';
import { avatarUrl } from '../users/user.ts';
import { group } from './group.ts';
import { ofGroup } from './path.ts';
import { role } from './role.ts';

export const member = z.object({ userId: id, name: z.string(), avatarUrl, role, joinedAt: time });

export const groupWithMembers = z.extend(group, { members: z.array(member) });

export const getGroup = defineEndpoint({
  name: 'groups/get-group',
  method: 'GET',
  path: '/groups/{groupId}',
  access: 'user',
  limits: [largePages],
  summary: 'Read a group with its members, in pages',
  params: ofGroup,
  query: memberPage,
  response: z.object({ group: groupWithMembers, cursor: nextPage }),
  problems: ['not_a_participant', 'not_a_group', 'too_many_requests'],
});
