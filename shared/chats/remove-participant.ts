import { getChats } from '#shared/data/chats.ts';
import { closeChat, removeParticipant } from '#shared/data/groups.ts';
import { getMembership, getMemberships, type Membership } from '#shared/data/memberships.ts';
import { endAndCloseSockets } from '#shared/delivery/close.ts';
import { storeSystemMessage } from './system-messages.ts';

/** The admin who has been in the group longest, or else the member. */
function successorAmong(members: Membership[]): Membership | undefined {
  const admins = members.filter(({ role }) => role === 'admin');
  return (admins.length > 0 ? admins : members).sort((a, b) => (a.joinedAt < b.joinedAt ? -1 : 1))[0];
}

/**
 * Takes a member out of a chat with a system message, passes on what they own, closes the chat after the last one,
 * and closes their sockets in it. False when somebody changed something at the same moment, so that nothing was done.
 */
export async function removeFromChat(member: Membership, actor?: Membership): Promise<boolean> {
  const { userId, chatId, role } = member;
  const withSockets = (end: () => Promise<boolean>) =>
    endAndCloseSockets(userId, (connection) => connection.chatId === chatId, end);
  const [chat] = await getChats([chatId]);
  if (!chat || chat.participantIds.length <= 1) return withSockets(() => closeChat(member, chat?.inviteCode));
  const others = chat.participantIds.filter((id) => id !== userId);
  const successor = role === 'owner' ? successorAmong(await getMemberships(others, chatId)) : undefined;
  // A group has an owner: the others have just left, or somebody joins at this moment.
  if (role === 'owner' && !successor) return false;
  const memberIds = actor ? [userId] : successor && [successor.userId];
  const about = { chatId, userId: actor?.userId ?? userId, event: actor ? 'removed' : 'left' } as const;
  return storeSystemMessage(
    { ...about, ...(memberIds && { memberIds }) },
    // Not around all of it: delivering may take seconds, in which the sockets would get what others write.
    (message) => withSockets(() => removeParticipant(member, message, { successor, actor })),
    true,
  );
}

/** Leaves a chat however much happens in it at the same moment. */
export async function leave(userId: string, chatId: string): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const membership = await getMembership(userId, chatId);
    if (!membership || (await removeFromChat(membership))) return;
  }
  throw new Error('A chat could not be left.');
}
