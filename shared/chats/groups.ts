import { randomInt } from 'node:crypto';
import type { Group } from '#shared/contract/groups/group.ts';
import { findBlockers } from '#shared/data/blocks.ts';
import { type ChatWithParticipants, getChats } from '#shared/data/chats.ts';
import { getMembership, type Membership, type Role } from '#shared/data/memberships.ts';
import { getNames } from '#shared/data/users.ts';
import { Problem } from '#shared/platform/problem.ts';
import { isDirectId } from './list.ts';

/** Without the look-alikes I, O, 0 and 1, because codes are read out and typed by hand. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** 8 of 32 symbols: 40 bits. */
export const newInviteCode = (): string =>
  Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('');

export function toGroup({ id, name, participantIds, inviteCode, createdAt }: ChatWithParticipants): Group {
  return { id, name, type: 'group', participantIds, ...(inviteCode && { inviteCode }), createdAt };
}

/** Throws `not_a_participant` if the group is gone. */
export async function readGroup(groupId: string): Promise<ChatWithParticipants> {
  const [group] = await getChats([groupId]);
  if (!group) throw new Problem('not_a_participant');
  return group;
}

const rank: Record<Role, number> = { member: 0, admin: 1, owner: 2 };

/** Whether the actor's role is higher than the member's. */
export const outranks = (actor: Membership, member: Membership): boolean => rank[actor.role] > rank[member.role];

/** The user's membership of a group. Throws `not_a_participant`, `not_a_group`, or `role_too_low` below `least`. */
export async function memberOf(userId: string, groupId: string, least: Role = 'member'): Promise<Membership> {
  const membership = await getMembership(userId, groupId);
  if (!membership) throw new Problem('not_a_participant');
  if (isDirectId(groupId)) throw new Problem('not_a_group');
  if (rank[membership.role] < rank[least]) throw new Problem('role_too_low');
  return membership;
}

/**
 * Returns those of the ids that are not in the group yet, each once. Throws `unknown_participants` or `blocked`, naming
 * the ids in the request's `field` that are not users, or have blocked the user that adds them.
 */
export async function addable(userId: string, field: string, ids: string[], participantIds: string[] = []) {
  const added = [...new Set(ids)].filter((id) => !participantIds.includes(id));
  const [users, blockers] = await Promise.all([getNames(added), findBlockers(userId, added)]);
  const errorsOf = (wrong: string[], what: string) =>
    ids.flatMap((id, n) => (wrong.includes(id) ? [{ path: `${field}.${n}`, message: `${id} ${what}` }] : []));
  const unknown = added.filter((id) => !users.has(id));
  if (unknown.length > 0) throw new Problem('unknown_participants', { errors: errorsOf(unknown, 'is not a user') });
  if (blockers.length > 0) throw new Problem('blocked', { errors: errorsOf(blockers, 'has blocked you') });
  return added;
}
