import * as z from 'zod/mini';
import { days, defineEndpoint, hours } from './endpoint.ts';
import { groupName, id, inviteCode, success, time } from './fields.ts';

export const group = z.object({
  id,
  name: z.string(),
  type: z.literal('group'),
  participantIds: z.array(id),
  inviteCode: z.optional(z.string()).check(z.describe('None after it was taken back.')),
  createdAt: time,
});

export type Group = z.output<typeof group>;

/** With their number of records beside them, so many people still fit into one transaction of 100 items. */
const mostAtOnce = 90;
const ofGroup = z.object({ groupId: id });
const ofMember = z.object({ groupId: id, userId: id });

export const groupResponse = z.object({ group });

export const role = z
  .enum(['owner', 'admin', 'member'])
  .check(
    z.describe(
      'The owner may everything, an admin all but naming admins and removing other admins, a member may leave.',
    ),
  );

export const member = z.object({ userId: id, name: z.string(), role, joinedAt: time });
export const groupWithMembers = z.extend(group, { members: z.array(member) });

export const createGroup = defineEndpoint({
  name: 'groups/create-group',
  method: 'POST',
  path: '/groups',
  access: 'session',
  limits: [{ per: 'user', allow: 200, within: days(1) }],
  summary: 'Make a group; its maker is a participant without being named',
  body: z.object({
    name: groupName,
    participantIds: z.array(id).check(z.maxLength(mostAtOnce, { error: 'must name at most 90 users' })),
  }),
  response: groupResponse,
  example: { body: { name: 'Group Name', participantIds: ['user-id'] } },
  problems: ['unknown_participants', 'blocked', 'too_many_requests'],
});

export const joinGroup = defineEndpoint({
  name: 'groups/join-group',
  method: 'POST',
  path: '/groups/join',
  access: 'user',
  limits: [{ per: 'user', allow: 10, within: hours(1), counts: 'wrong guesses' }],
  summary: 'Join a group by its invite code; joining twice is joining once',
  body: z.object({ inviteCode }),
  response: groupResponse,
  example: { body: { inviteCode: 'ABC123' } },
  problems: ['invite_not_found', 'group_full', 'too_many_requests'],
});

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

export const addMembers = defineEndpoint({
  name: 'groups/add-members',
  method: 'POST',
  path: '/groups/{groupId}/members',
  access: 'session',
  limits: [{ per: 'user', allow: 100, within: hours(1) }],
  summary: 'Add people to a group (admins and the owner); who is in it already stays as they are',
  params: ofGroup,
  body: z.object({
    userIds: z.array(id).check(z.minLength(1), z.maxLength(mostAtOnce, { error: 'must name at most 90 users' })),
  }),
  response: groupResponse,
  example: { body: { userIds: ['user-id'] } },
  problems: [
    'not_a_participant',
    'not_a_group',
    'role_too_low',
    'unknown_participants',
    'blocked',
    'group_full',
    'changed_meanwhile',
    'too_many_requests',
  ],
});

export const removeMember = defineEndpoint({
  name: 'groups/remove-member',
  method: 'DELETE',
  path: '/groups/{groupId}/members/{userId}',
  access: 'session',
  summary: 'Leave a group, or remove a member; the last one’s leaving closes it, the owner’s passes it on',
  params: ofMember,
  response: success,
  problems: ['not_a_participant', 'not_a_group', 'role_too_low', 'member_not_found', 'changed_meanwhile'],
});

export const setRole = defineEndpoint({
  name: 'groups/set-role',
  method: 'PUT',
  path: '/groups/{groupId}/members/{userId}/role',
  access: 'session',
  limits: [{ per: 'user', allow: 100, within: hours(1) }],
  summary: 'Change a member’s role (the owner); a new owner makes the old one an admin',
  params: ofMember,
  body: z.object({ role }),
  response: success,
  example: { body: { role: 'admin' } },
  problems: [
    'not_a_participant',
    'not_a_group',
    'role_too_low',
    'member_not_found',
    'not_yourself',
    'changed_meanwhile',
    'too_many_requests',
  ],
});

export const renewInvite = defineEndpoint({
  name: 'groups/renew-invite',
  method: 'POST',
  path: '/groups/{groupId}/invite',
  access: 'session',
  limits: [{ per: 'user', allow: 60, within: hours(1) }],
  summary: 'Make a new invite code (admins and the owner); the old one is void',
  params: ofGroup,
  body: z.object({
    expiresIn: z
      .optional(z.int().check(z.gte(60), z.lte(days(365))))
      .check(z.describe('Seconds for which the code is good; for ever without it.')),
    maxUses: z
      .optional(z.int().check(z.gte(1), z.lte(1000)))
      .check(z.describe('How many may join by it; any number without it.')),
  }),
  response: z.object({ inviteCode: z.string(), expiresAt: z.optional(time), maxUses: z.optional(z.int()) }),
  example: { body: { expiresIn: 86_400, maxUses: 10 } },
  problems: ['not_a_participant', 'not_a_group', 'role_too_low', 'changed_meanwhile', 'too_many_requests'],
});

export const revokeInvite = defineEndpoint({
  name: 'groups/revoke-invite',
  method: 'DELETE',
  path: '/groups/{groupId}/invite',
  access: 'session',
  summary: 'Take the invite code back (admins and the owner)',
  params: ofGroup,
  response: success,
  problems: ['not_a_participant', 'not_a_group', 'role_too_low', 'changed_meanwhile'],
});
