import { randomInt } from 'node:crypto';
import { inviteAlphabet, inviteLength } from '#shared/contract/fields/typed/invite-code.ts';
import type { Group } from '#shared/contract/groups/group.ts';
import { type ChatWithParticipants, getChats } from '#shared/data/chats/chats.ts';
import { Problem } from '#shared/platform/problem.ts';

/** 8 of 32 symbols: 40 bits. */
export const newInviteCode = (): string =>
  Array.from({ length: inviteLength }, () => inviteAlphabet[randomInt(inviteAlphabet.length)]).join('');

export function toGroup({ id, name, participantIds, inviteCode, createdAt }: ChatWithParticipants): Group {
  return { id, name, type: 'group', participantIds, ...(inviteCode && { inviteCode }), createdAt };
}

/** Throws `not_a_participant` if the group is gone. */
export async function readGroup(groupId: string): Promise<ChatWithParticipants> {
  const [group] = await getChats([groupId]);
  if (!group) throw new Problem('not_a_participant');
  return group;
}
