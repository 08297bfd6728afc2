import { getChats } from '#shared/data/chats/chats.ts';
import { closeChat, removeParticipant } from '#shared/data/chats/groups.ts';
import { getMembership, type Membership } from '#shared/data/chats/memberships.ts';
import { endAndCloseSockets } from '#shared/delivery/close.ts';
import { tellUsers } from '#shared/delivery/to-users.ts';
import { enqueueFiles } from '#shared/files/erasure.ts';
import { Problem } from '#shared/platform/problem.ts';
import { retry } from '#shared/platform/retry.ts';
import { successorOf } from './access.ts';
import { storeSystemMessage } from './messages/system-messages.ts';

type Removed = Promise<'changed' | undefined>;

/**
 * Removes a member from a chat with a system message, passes on the ownership, closes the chat after the last one, closes the
 * member's sockets in it and tells the member's inboxes. `changed` if somebody changed something at the same moment, so that
 * nothing was done.
 */
export async function removeFromChat(member: Membership, actor?: Membership): Removed {
  const { userId, chatId, role } = member;
  let told: Promise<void> | undefined;
  const excluding = async (end: () => Removed) => {
    const refusal = await endAndCloseSockets(userId, (connection) => connection.chatId === chatId, end);
    if (refusal === undefined) told = tellUsers([userId], { type: 'chat.removed', chatId });
    return refusal;
  };
  const [chat] = await getChats([chatId]);
  if (!chat || chat.participantIds.length <= 1) {
    await enqueueFiles({ closedChatId: chatId });
    return excluding(() => closeChat(member, chat?.inviteCode)).finally(() => told);
  }
  const successor = role === 'owner' ? await successorOf(member, chat.participantIds) : undefined;
  // Others are listed, but none has a membership: they have just left, or one is joining. A group is never without an owner.
  if (role === 'owner' && !successor) return 'changed';
  const memberIds = actor ? [userId] : successor && [successor.userId];
  const about = { chatId, userId: actor?.userId ?? userId, event: actor ? 'removed' : 'left' } as const;
  return storeSystemMessage({ ...about, ...(memberIds && { memberIds }) }, (message) =>
    // Only around the store: a delivery may take seconds, in which the removed member would still receive messages.
    excluding(() => removeParticipant(member, message, { successor, actor })),
  ).finally(() => told);
}

/** Another request of the same user may have left the chat in the meantime, which the next attempt finds out. */
const isTransient = (error: unknown) =>
  error instanceof Problem && (error.code === 'unavailable' || error.code === 'not_a_participant');

/** Leaves a chat, unless the user has left it already. Tries again while others change the chat or remove the user. */
export async function leaveChat(userId: string, chatId: string): Promise<void> {
  await retry({ attempts: 7, baseMs: 40, shouldRetry: isTransient }, async () => {
    const membership = await getMembership(userId, chatId);
    if (membership && (await removeFromChat(membership)) === 'changed')
      throw new Problem('unavailable', { retryAfter: 1 });
  });
}
