import { randomInt } from 'node:crypto';
import { inviteAlphabet, inviteLength } from '#shared/contract/fields/typed/invite-code.ts';
import type { Group } from '#shared/contract/groups/group.ts';
import { type Chat, type ChatWithParticipants, getChats } from '#shared/data/chats/chats.ts';
import type { GroupChange } from '#shared/data/chats/groups.ts';
import type { PostingRules } from '#shared/data/chats/posting.ts';
import { pictureKey } from '#shared/files/object-keys.ts';
import { fileUrl } from '#shared/files/urls.ts';
import { Problem } from '#shared/platform/problem.ts';

/** 8 of 32 symbols: 40 bits. */
export const newInviteCode = (): string =>
  Array.from({ length: inviteLength }, () => inviteAlphabet[randomInt(inviteAlphabet.length)]).join('');

/** Who may write in a chat and how often, as clients see it: nothing of the default. */
export const shownRules = ({ posting, slowModeSeconds, lockedAt }: PostingRules) => ({
  ...(lockedAt && { locked: true as const }),
  ...(posting === 'admins' && { posting }),
  ...(slowModeSeconds && { slowModeSeconds }),
});

/** The URL of a group's picture; nothing without one. */
export function pictureOf({ id, pictureId }: Pick<Chat, 'id' | 'pictureId'>): { pictureUrl?: string } {
  const pictureUrl = pictureId ? fileUrl(pictureKey(id, pictureId)) : undefined;
  return pictureUrl === undefined ? {} : { pictureUrl };
}

export function toGroup(group: ChatWithParticipants): Group {
  const { id, name, participantIds, inviteCode, createdAt, ...rules } = group;
  return {
    id,
    name,
    type: 'group',
    participantIds,
    ...(inviteCode && { inviteCode }),
    createdAt,
    ...pictureOf(group),
    ...shownRules(rules),
  };
}

/** What a request may name; each field may be missing. */
type Given = { [Field in keyof GroupChange]?: GroupChange[Field] | undefined };

/** What of a change a group does not have yet. */
export function changeOf(group: Chat, { name, posting, slowModeSeconds }: Given): GroupChange {
  return {
    ...(name !== undefined && name !== group.name && { name }),
    ...(posting !== undefined && posting !== (group.posting ?? 'everyone') && { posting }),
    ...(slowModeSeconds !== undefined && slowModeSeconds !== (group.slowModeSeconds ?? 0) && { slowModeSeconds }),
  };
}

/** Throws `not_a_participant` if the group is gone. */
export async function readGroup(groupId: string): Promise<ChatWithParticipants> {
  const [group] = await getChats([groupId]);
  if (!group) throw new Problem('not_a_participant');
  return group;
}
