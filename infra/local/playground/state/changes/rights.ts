import type { Message } from '#shared/contract/chats/message.ts';
import type { Role } from '../open/membership.ts';

/** The user who asks for a change, and the roles in the chat, as far as they are known. */
interface Rights {
  userId: string;
  roleOf(userId: string): Role | undefined;
}

/** The author may edit a text. The server has the last word, here and below. */
export const mayEdit = (message: Message, { userId }: Rights): boolean =>
  message.type === 'text' && !message.deletedAt && message.userId === userId;

/** The author may delete a message, who asked an answer, and in a group its owner and admins, an admin not the owner's. */
export function mayDelete({ type, deletedAt, userId: author, metadata }: Message, { userId, roleOf }: Rights): boolean {
  if (type === 'system' || deletedAt) return false;
  const role = roleOf(userId);
  const isMine = author === userId || metadata?.askedBy === userId;
  return isMine || role === 'owner' || (role === 'admin' && roleOf(author) !== 'owner');
}
