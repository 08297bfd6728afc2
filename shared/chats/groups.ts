import { randomInt } from 'node:crypto';
import type { Group } from '#shared/contract/groups/group.ts';
import { getNames } from '#shared/data/accounts/users.ts';
import { findBlockers } from '#shared/data/chats/blocks.ts';
import { type ChatWithParticipants, getChats } from '#shared/data/chats/chats.ts';
import { Problem } from '#shared/platform/problem.ts';

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

/**
 * Returns the ids that are not in the group yet, each once. Throws `unknown_participants` or `blocked`, naming the ids in
 * the request's `field` that are not users, or have blocked the user that adds them.
 */
export async function addableIds(userId: string, field: string, ids: string[], participantIds: string[] = []) {
  const added = [...new Set(ids)].filter((id) => !participantIds.includes(id));
  const [users, blockers] = await Promise.all([getNames(added), findBlockers(userId, added)]);
  const errorsOf = (wrong: string[], what: string) =>
    ids.flatMap((id, n) => (wrong.includes(id) ? [{ path: `${field}.${n}`, message: `${id} ${what}` }] : []));
  const unknown = added.filter((id) => !users.has(id));
  if (unknown.length > 0) throw new Problem('unknown_participants', { errors: errorsOf(unknown, 'is not a user') });
  if (blockers.length > 0) throw new Problem('blocked', { errors: errorsOf(blockers, 'has blocked you') });
  return added;
}
