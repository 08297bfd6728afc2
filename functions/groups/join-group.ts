import { toGroup } from '#shared/chats/groups.ts';
import { storeSystemMessage } from '#shared/chats/messages/system-messages.ts';
import { canBeInviteCode } from '#shared/contract/fields/typed/invite-code.ts';
import { joinGroup } from '#shared/contract/groups/join-group.ts';
import { getChatFor } from '#shared/data/chats/chats.ts';
import { joinByInvite, maxParticipants } from '#shared/data/chats/groups.ts';
import { findInvite } from '#shared/data/chats/invites.ts';
import { tellUsers } from '#shared/delivery/to-users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { cacheName } from '#shared/people/display-names.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(joinGroup, async ({ userId, body: { inviteCode } }) => {
  if (!canBeInviteCode(inviteCode)) throw new Problem('invite_not_found', { nothingDone: true });
  const invite = await findInvite(inviteCode);
  const { chat, joined, removedAt, userName } = invite ? await getChatFor(userId, invite.chatId) : {};
  if (!invite || !chat || userName === undefined) throw new Problem('invite_not_found');
  cacheName(userId, userName);
  // The roster may be older than the membership that was read beside it.
  const participantIds = [...new Set([...chat.participantIds, userId])].sort();
  const answer = { group: toGroup({ ...chat, participantIds }) };
  if (joined) return answer;
  // Both are checked before a number is taken that would stay a gap, and again by the store.
  if (removedAt !== undefined && removedAt >= invite.createdAt) throw new Problem('removed_from_group');
  if (chat.participantIds.length >= maxParticipants) throw new Problem('group_full');
  const refusal = await storeSystemMessage({ chatId: chat.id, userId, event: 'joined' }, (message) =>
    joinByInvite(userId, invite, message),
  );
  if (refusal === 'full') throw new Problem('group_full');
  if (refusal === 'removed') throw new Problem('removed_from_group');
  if (refusal === 'no such user' || refusal === 'invite used up') throw new Problem('invite_not_found');
  await tellUsers([userId], { type: 'chat', chatId: chat.id });
  return answer;
});
