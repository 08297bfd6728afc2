import type { Draft } from '#shared/contract/chats/draft.ts';
import { beingAdded } from '#shared/contract/groups/limits.ts';
import { type Addable, getAddable } from '#shared/data/chats/additions.ts';
import type { Author } from '#shared/data/chats/authors.ts';
import { getParticipantIds } from '#shared/data/chats/chats.ts';
import { haveCommonChat } from '#shared/data/chats/common-chat.ts';
import {
  countUseByParticipant,
  getMembership,
  getMemberships,
  type Membership,
  type Role,
} from '#shared/data/chats/memberships.ts';
import type { Allowance } from '#shared/data/limits.ts';
import { secondsOver } from '#shared/delivery/deliveries.ts';
import { Problem } from '#shared/platform/problem.ts';
import { directIdOf, isDirectId } from './direct-id.ts';

/**
 * The rules on who may do what in a chat; those on who may write in a group are in posting.ts. Writes check them again in
 * their conditions (shared/data/chats).
 */

/** Requires that the user is in the chat. Throws `not_a_participant`, for a chat that does not exist too. */
export async function requireParticipant(userId: string, chatId: string): Promise<Membership> {
  const membership = await getMembership(userId, chatId);
  if (!membership) throw new Problem('not_a_participant');
  return membership;
}

/** Requires that the two are in the same chat. Throws `user_not_found`, for an account that does not exist too. */
export async function requireCommonChat(userId: string, otherId: string): Promise<void> {
  if (await getMembership(userId, directIdOf(userId, otherId))) return;
  if (!(await haveCommonChat(userId, otherId))) throw new Problem('user_not_found');
}

/** Requires that the user may write to the chat now. Throws `not_a_participant` and `blocked`. */
export async function requireWriter(userId: string, chatId: string): Promise<Membership> {
  return requireNoBlock(await requireParticipant(userId, chatId));
}

/** Whether the user may write to the chat now. */
export async function mayWrite(userId: string, chatId: string): Promise<boolean> {
  const membership = await getMembership(userId, chatId);
  return membership !== undefined && !membership.blockedBy;
}

function requireNoBlock(membership: Membership): Membership {
  if (membership.blockedBy) throw new Problem('blocked');
  return membership;
}

/** `requireWriter` that also counts one use of the allowance. Throws `too_many_requests`. */
export async function requireWriterWithin(allowance: Allowance, userId: string, chatId: string): Promise<Membership> {
  return requireNoBlock(await requireParticipantWithin(allowance, userId, chatId));
}

/** `requireParticipant` that also counts one use of the allowance. Throws `too_many_requests`. */
export async function requireParticipantWithin(
  allowance: Allowance,
  userId: string,
  chatId: string,
): Promise<Membership> {
  const counted = await countUseByParticipant(userId, chatId, allowance);
  if (counted.outcome === 'used up') throw new Problem('too_many_requests', { retryAfter: counted.retryAfter });
  if (counted.outcome === 'not a participant') throw new Problem('not_a_participant');
  return counted.membership;
}

/** Requires that the account is not suspended: an access token outlives its session by up to an hour. Throws `suspended`. */
export function requireNotSuspended({ suspendedAt }: Pick<Author, 'suspendedAt'>): void {
  if (suspendedAt !== undefined) throw new Problem('suspended');
}

/**
 * Requires that the author's account is not suspended, and that their messages have not cost too many deliveries. Throws
 * `suspended` and `too_many_requests`.
 */
export function requireMayWrite({ suspendedAt, budget }: Pick<Author, 'suspendedAt' | 'budget'>): void {
  requireNotSuspended({ suspendedAt });
  const retryAfter = secondsOver(budget);
  if (retryAfter > 0) throw new Problem('too_many_requests', { retryAfter });
}

const rank: Record<Role, number> = { member: 0, admin: 1, owner: 2 };

/** Up to this many participants everybody may mention all of them. */
const maxCalledByAnybody = 50;

/**
 * Requires that the participant may mention whom a draft mentions: everyone, as the owner or an admin or in a small chat.
 * Returns the mentions to store: each participant once, without the author. Throws `role_too_low`.
 */
export async function requireMentionable(
  { mentions = [], everyone }: Pick<Draft, 'mentions' | 'everyone'>,
  { userId, role }: Membership,
  chatId: string,
): Promise<{ mentions?: string[]; everyone?: true }> {
  const mayCall = !everyone || rank[role] >= rank.admin || isDirectId(chatId);
  const others = [...new Set(mentions)].filter((id) => id !== userId);
  const [participantIds, mentioned] = await Promise.all([
    mayCall ? [] : getParticipantIds(chatId),
    getMemberships(others, chatId),
  ]);
  if (participantIds.length > maxCalledByAnybody) throw new Problem('role_too_low');
  const present = new Set(mentioned.map((membership) => membership.userId));
  return {
    ...(present.size > 0 && { mentions: others.filter((id) => present.has(id)) }),
    ...(everyone && { everyone }),
  };
}

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

/** Requires that the user may pin messages: in a direct chat both, in a group the owner and admins. Throws `role_too_low`. */
export function requireMayPin({ chatId, role }: Membership): void {
  if (!isDirectId(chatId) && rank[role] < rank.admin) throw new Problem('role_too_low');
}

/**
 * Requires that the user may delete a message of this author: everybody their own, and in a group the owner any and an
 * admin any but the owner's. Throws `role_too_low`.
 */
export async function requireMayDelete({ userId, chatId, role }: Membership, authorId: string): Promise<void> {
  if (authorId === userId) return;
  if (isDirectId(chatId) || role === 'member') throw new Problem('role_too_low');
  if (role === 'owner') return;
  const author = await getMembership(authorId, chatId);
  if (author?.role === 'owner') throw new Problem('role_too_low');
}

/**
 * Who becomes the owner of a group that its owner leaves: the admin who joined first, or else the member who did. Of those
 * who joined in the same request, it is the one with the lowest id, so that clients can name the next owner.
 */
export async function successorOf(owner: Membership, participantIds: string[]): Promise<Membership | undefined> {
  const others = participantIds.filter((id) => id !== owner.userId);
  const members = await getMemberships(others, owner.chatId);
  const admins = members.filter(({ role }) => role === 'admin');
  const rank = ({ joinedAt, userId }: Membership) => `${joinedAt} ${userId}`;
  return (admins.length > 0 ? admins : members).sort((a, b) => (rank(a) < rank(b) ? -1 : 1))[0];
}

/** Why somebody can't be added to groups, the first reason first. */
const additionRefusals = {
  unknown_participants: 'is not a user',
  blocked: 'has blocked you',
  not_addable: 'joins groups only with an invite code',
  too_many_requests: 'was added to too many groups lately, but can join with an invite code',
} as const;

type AdditionRefusal = keyof typeof additionRefusals;
const refusalTexts = Object.entries(additionRefusals) as [AdditionRefusal, string][];

/**
 * Requires that the adder may add these users to a group now, and returns those who are not participants yet. Throws one of
 * `additionRefusals`, whose errors name the ids in the request's `field`.
 */
export async function requireAddable(
  adderId: string,
  field: string,
  ids: string[],
  participantIds: string[],
): Promise<Addable[]> {
  const added = [...new Set(ids)].filter((id) => !participantIds.includes(id));
  const users = await getAddable(adderId, added, (id) => directIdOf(adderId, id));
  const userOf = (id: string) => users.find((user) => user.id === id);
  const refusals = new Map(added.map((id) => [id, additionRefusalOf(userOf(id))]));
  for (const [code, text] of refusalTexts) {
    const refused = ids.map((id, n) => ({ id, n })).filter(({ id }) => refusals.get(id) === code);
    if (refused.length === 0) continue;
    const errors = refused.map(({ id, n }) => ({ path: `${field}.${n}`, message: `${id} ${text}`, rule: code }));
    const windowEnd = Math.max(...refused.map(({ id }) => userOf(id)?.added?.windowEnd ?? 0));
    const retryAfter = Math.max(1, Math.ceil((windowEnd - Date.now()) / 1000));
    throw new Problem(code, {
      errors,
      ...(code === 'too_many_requests' && { retryAfter }),
    });
  }
  return users;
}

function additionRefusalOf(user: Addable | undefined): AdditionRefusal | undefined {
  if (!user) return 'unknown_participants';
  const { hasBlocked, isContact, addedBy = 'anyone', added } = user;
  if (hasBlocked) return 'blocked';
  if (addedBy === 'nobody' || (addedBy === 'contacts' && !isContact)) return 'not_addable';
  const usedUp = added && added.windowEnd > Date.now() && added.used >= beingAdded.allow;
  return usedUp && !isContact ? 'too_many_requests' : undefined;
}
