import {
  countUseByParticipant,
  getMembership,
  getMemberships,
  type Membership,
  type Role,
} from '#shared/data/chats/memberships.ts';
import type { Allowance } from '#shared/data/limits.ts';
import { Problem } from '#shared/platform/problem.ts';
import { isDirectId } from './direct-id.ts';

/** The rules on who may do what in a chat. Writes check them again in their conditions (shared/data/chats). */

/** Requires that the user is in the chat. Throws `not_a_participant`, for a chat that does not exist too. */
export async function requireParticipant(userId: string, chatId: string): Promise<Membership> {
  const membership = await getMembership(userId, chatId);
  if (!membership) throw new Problem('not_a_participant');
  return membership;
}

/** Requires that the user may write to the chat now. Throws `not_a_participant` and `blocked`. */
export async function requireWriter(userId: string, chatId: string): Promise<Membership> {
  const membership = await requireParticipant(userId, chatId);
  if (membership.blocked) throw new Problem('blocked');
  return membership;
}

/** `requireWriter` that also counts one use of the allowance. Throws `too_many_requests`. */
export async function requireWriterWithin(allowance: Allowance, userId: string, chatId: string): Promise<Membership> {
  const counted = await countUseByParticipant(userId, chatId, allowance);
  if (counted.outcome === 'used up') throw new Problem('too_many_requests', { retryAfter: counted.retryAfter });
  if (counted.outcome === 'not a participant') throw new Problem('not_a_participant');
  if (counted.membership.blocked) throw new Problem('blocked');
  return counted.membership;
}

const rank: Record<Role, number> = { member: 0, admin: 1, owner: 2 };

/** Requires a role in a group, or a higher one. Throws `not_a_participant`, `not_a_group` and `role_too_low`. */
export async function requireRole(userId: string, groupId: string, lowest: Role): Promise<Membership> {
  const membership = await requireParticipant(userId, groupId);
  if (isDirectId(groupId)) throw new Problem('not_a_group');
  if (rank[membership.role] < rank[lowest]) throw new Problem('role_too_low');
  return membership;
}

/** Requires that the actor may remove the member: only one of a lower role. Throws `role_too_low`. */
export function requireMayRemove(actor: Membership, member: Membership): void {
  if (rank[actor.role] <= rank[member.role]) throw new Problem('role_too_low');
}

/** Who becomes the owner of a group that its owner leaves: the admin who joined first, or else the member who did. */
export async function successorOf(owner: Membership, participantIds: string[]): Promise<Membership | undefined> {
  const others = participantIds.filter((id) => id !== owner.userId);
  const members = await getMemberships(others, owner.chatId);
  const admins = members.filter(({ role }) => role === 'admin');
  return (admins.length > 0 ? admins : members).sort((a, b) => (a.joinedAt < b.joinedAt ? -1 : 1))[0];
}
