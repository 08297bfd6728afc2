import type { Chat } from '#shared/contract/chats/chat.ts';
import { levelAt } from './muting.ts';

type Unread = Pick<Chat, 'unreadCount' | 'mentionCount' | 'markedUnread' | 'notifications'>;

/**
 * How many unread messages call for the user's attention at a time, in milliseconds since the epoch: none of a chat that is
 * muted, and at least one of a chat that they have marked. The server counts in the same way in `GET /chats/unread`.
 */
export function unreadTotal(chats: readonly Unread[], now: number): number {
  return chats.reduce((sum, chat) => sum + weightOf(chat, now), 0);
}

function weightOf(chat: Unread, now: number): number {
  const level = levelAt(chat, now);
  if (level === 'none') return 0;
  return Math.max(level === 'mentions' ? chat.mentionCount : chat.unreadCount, chat.markedUnread ? 1 : 0);
}
