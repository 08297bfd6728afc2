import * as z from 'zod/mini';
import { days, defineEndpoint, hours } from './endpoint.ts';
import { groupName, id, inviteCode, success, time } from './fields.ts';

export const group = z.object({
  id,
  name: z.string(),
  type: z.literal('group'),
  participantIds: z.array(id),
  inviteCode: z.optional(z.string()).check(z.describe('Absent after it was revoked.')),
  createdAt: time,
});

export type Group = z.output<typeof group>;

/** So many memberships fit into one transaction of 100 items, together with the group's own items. */
const mostAtOnce = 90;
const ofGroup = z.object({ groupId: id });
const ofMember = z.object({ groupId: id, userId: id });

export const groupResponse = z.object({ group });

export const role = z
  .enum(['owner', 'admin', 'member'])
  .check(
    z.describe(
      'The owner may do everything, an admin everything but change roles and remove admins, a member only leave.',
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
  summary: 'Create a group; its creator is a participant without being listed',
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
  summary: 'Join a group by its invite code; joining again changes nothing',
  body: z.object({ inviteCode }),
  response: groupResponse,
  example: { body: { inviteCode: 'ABC123' } },
  problems: ['invite_not_found', 'not_a_participant', 'group_full', 'too_many_requests'],
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
  summary: 'Add people to a group (admins and the owner); for those who are in it already nothing changes',
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
  summary:
    'Leave a group or remove a member; the group closes after its last member, and gets a new owner if the owner leaves',
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
  summary: 'Change a member’s role (the owner); naming a new owner makes the old one an admin',
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
  summary: 'Create a new invite code (admins and the owner); the old one stops working',
  params: ofGroup,
  body: z.object({
    expiresIn: z
      .optional(z.int().check(z.gte(60), z.lte(days(365))))
      .check(z.describe('How long the code is valid, in seconds; for ever without this.')),
    maxUses: z
      .optional(z.int().check(z.gte(1), z.lte(1000)))
      .check(z.describe('How many people may join by the code; any number without this.')),
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
  summary: 'Revoke the invite code (admins and the owner)',
  params: ofGroup,
  response: success,
  problems: ['not_a_participant', 'not_a_group', 'role_too_low', 'changed_meanwhile'],
});
