import { randomInt } from 'node:crypto';
import { isDirectId } from './chats.ts';
import type { Group } from './contract/groups.ts';
import { type ChatWithParticipants, getChats } from './data/chats.ts';
import { getMembership, type Membership, type Role } from './data/memberships.ts';
import { getNames } from './data/users.ts';
import { Problem } from './problem.ts';

/** Without the look-alikes I, O, 0 and 1: the codes are read out and typed by hand. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** 8 of 32 symbols: 40 bits. */
export const newInviteCode = (): string =>
  Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('');

export function toGroup({ id, name, participantIds, inviteCode, createdAt }: ChatWithParticipants): Group {
  return { id, name, type: 'group', participantIds, ...(inviteCode && { inviteCode }), createdAt };
}

/** The group as it is now. */
export async function readGroup(groupId: string): Promise<ChatWithParticipants> {
  const [group] = await getChats([groupId]);
  if (!group) throw new Problem('not_a_participant');
  return group;
}

const rank: Record<Role, number> = { member: 0, admin: 1, owner: 2 };

/** Whether somebody may do to another what takes a higher role than theirs. */
export const outranks = (actor: Membership, member: Membership): boolean => rank[actor.role] > rank[member.role];

/** The user's place in a group. Throws `not_a_participant`, `not_a_group`, `role_too_low`. */
export async function memberOf(userId: string, groupId: string, least: Role = 'member'): Promise<Membership> {
  const membership = await getMembership(userId, groupId);
  if (!membership) throw new Problem('not_a_participant');
  if (isDirectId(groupId)) throw new Problem('not_a_group');
  if (rank[membership.role] < rank[least]) throw new Problem('role_too_low');
  return membership;
}

/** Throws `unknown_participants`, naming those of the ids in a field that are nobody's. */
export async function requireUsers(field: string, ids: string[]): Promise<void> {
  const users = await getNames([...new Set(ids)]);
  const errors = ids.flatMap((id, n) =>
    users.has(id) ? [] : [{ path: `${field}.${n}`, message: `${id} is not a user` }],
  );
  if (errors.length > 0) throw new Problem('unknown_participants', { errors });
}
