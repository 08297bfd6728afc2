import type { Chat } from '#shared/contract/chats/chat.ts';
import type { UnreadChat } from '#shared/contract/chats/list-unread.ts';
import type { Message } from '#shared/contract/chats/message.ts';

type OwnSettings = Pick<UnreadChat, 'notifications' | 'place'>;

/** What frames make of a chat in the list. Frames may come late or twice. */

/** A chat of a user with one more message, which is unread if it is from somebody else. */
export function withMessage(chat: Chat, message: Message, userId: string): Chat {
  if (message.seq < chat.lastSeq) return chat;
  if (message.seq === chat.lastSeq) return { ...chat, ...previewOf(message) };
  const isUnread = message.userId !== userId;
  const isMention = isUnread && isMentioned(message, userId);
  return {
    ...chat,
    ...aboutChat(chat, message),
    ...previewOf(message),
    lastSeq: message.seq,
    lastMessageAt: message.createdAt,
    unreadCount: chat.unreadCount + Number(isUnread),
    mentionCount: chat.mentionCount + Number(isMention),
  };
}

/** A chat with a message that has changed. `rev` is the number of the change. */
export function withChange(chat: Chat, message: Message, rev = 0): Chat {
  const preview = message.seq === chat.lastSeq ? previewOf(message) : {};
  return { ...chat, ...preview, lastRev: Math.max(chat.lastRev, rev) };
}

/** Whether a message that was edited or deleted may count as a mention in the chat that it did not before, or no longer. */
export function mayMention({ unreadCount, mentionCount }: Chat, message: Message, userId: string): boolean {
  const isRewritten = message.editedAt !== undefined || message.deletedAt !== undefined;
  return isRewritten && unreadCount > 0 && (mentionCount > 0 || isMentioned(message, userId));
}

/** A chat that the user has read up to a message. The count is an upper limit: some numbers may be those of their own messages. */
export function withRead(chat: Chat, seq: number): Chat {
  const unreadCount = Math.max(0, Math.min(chat.unreadCount, chat.lastSeq - seq));
  return { ...chat, unreadCount, mentionCount: Math.min(chat.mentionCount, unreadCount), markedUnread: undefined };
}

const isMentioned = ({ everyone, mentions = [] }: Message, userId: string): boolean =>
  everyone === true || mentions.includes(userId);

/** Whether the server knows more about a chat than the list. */
export function isBehind(chat: Chat, { lastSeq, lastRev, epoch, ...unread }: UnreadChat, isOpen: boolean): boolean {
  if (epoch !== chat.epoch || lastSeq > chat.lastSeq || lastRev > chat.lastRev) return true;
  if (settingsOf(unread) !== settingsOf(chat)) return true;
  // What the user reads in the open chat may still be on its way to the server.
  if (isOpen || lastSeq < chat.lastSeq) return false;
  return (
    unread.unreadCount !== chat.unreadCount ||
    unread.mentionCount !== chat.mentionCount ||
    unread.markedUnread !== chat.markedUnread
  );
}

/** What the user has set in a chat, to be compared. */
const settingsOf = ({ notifications, place }: OwnSettings): string =>
  JSON.stringify([
    notifications?.level ?? 'all',
    notifications?.mutedUntil,
    place?.pinned === true,
    place?.archived === true,
  ]);

/** Longer than what the list shows. In code points, as the server counts. */
const previewLength = 300;

const previewOf = ({ content, type, userId, userName, userDeleted, metadata, deletedAt }: Message) => ({
  lastMessage: [...content.slice(0, 2 * previewLength)].slice(0, previewLength).join(''),
  lastMessageType: type,
  lastMessageUserId: userId,
  lastMessageUserName: userName,
  lastMessageUserDeleted: userDeleted,
  lastMessageMetadata: metadata,
  lastMessageDeleted: deletedAt === undefined ? undefined : (true as const),
});

/** What a system message says about the chat itself. */
function aboutChat({ participantIds, ...chat }: Chat, { userId, metadata = {} }: Message): Partial<Chat> {
  const { event, memberIds = [], name = chat.name } = metadata;
  const without = (ids: string[]) => participantIds.filter((id) => !ids.includes(id));
  if (event === 'joined') return { participantIds: [...without([userId]), userId] };
  if (event === 'added') return { participantIds: [...without(memberIds), ...memberIds] };
  if (event === 'removed') return { participantIds: without(memberIds) };
  if (event === 'left') return { participantIds: without([userId]) };
  if (event === 'renamed') return { name };
  if (event === 'locked' || event === 'unlocked') return { locked: event === 'locked' ? true : undefined };
  if (event !== 'posting_changed') return {};
  const { posting = chat.posting, slowModeSeconds = chat.slowModeSeconds } = metadata;
  return { posting: posting === 'admins' ? posting : undefined, slowModeSeconds };
}
