import type { UnreadChat } from '#shared/contract/chats/list-unread.ts';
import { epoch } from '#shared/data/changes/epoch.ts';
import { type Chat, getChatsAlone } from '#shared/data/chats/chats.ts';
import type { Membership } from '#shared/data/chats/memberships.ts';
import { getLastMessages } from '#shared/data/chats/messages.ts';
import { mentionCount, unreadCount } from '#shared/data/chats/read-marks.ts';
import { toOwnSettings } from './own-settings.ts';

interface Unread {
  membership: Membership;
  chat: UnreadChat;
}

/** The numbers of the chats that the user has not removed from the list. Only where something is unread, it reads the newest message. */
export async function readUnread(memberships: Membership[]): Promise<Unread[]> {
  const stored = new Map((await getChatsAlone(memberships.map(({ chatId }) => chatId))).map((chat) => [chat.id, chat]));
  const listed = memberships.flatMap((membership) => {
    const chat = stored.get(membership.chatId);
    return chat && chat.seq > (membership.hiddenUpTo ?? -1) ? [{ membership, chat }] : [];
  });
  const uncertain = listed.filter(({ membership, chat }) => unreadCount(chat.seq, membership, chat) > 0);
  const newest = await getLastMessages(uncertain.map(({ chat }) => chat));
  const newestSeq = new Map(newest.map(({ chatId, seq }) => [chatId, seq]));
  return listed.map(({ membership, chat }) => ({
    membership,
    chat: toUnread(membership, chat, newestSeq.get(chat.id) ?? lastWithMessage(chat)),
  }));
}

/** The last number given out, or the last before it that has a message, as far as the gaps are known. */
function lastWithMessage({ seq, gaps }: Chat): number {
  let last = seq;
  while (gaps?.has(last)) last--;
  return last;
}

function toUnread(membership: Membership, chat: Chat, lastSeq: number): UnreadChat {
  const { readSeq, unreadFrom } = membership;
  return {
    chatId: chat.id,
    lastSeq,
    lastRev: chat.rev ?? 0,
    epoch,
    readSeq: unreadFrom === undefined ? readSeq : Math.min(readSeq, unreadFrom - 1),
    unreadCount: unreadCount(lastSeq, membership, chat),
    mentionCount: mentionCount(lastSeq, membership, chat),
    ...(unreadFrom !== undefined && { markedUnread: true }),
    ...toOwnSettings(membership),
  };
}

/** What a chat adds to the total: nothing if it is muted, and at least 1 if it is marked as unread. */
function weightOf({ membership: { level, mutedUntil }, chat }: Unread, now: string): number {
  if (level === 'none' || (mutedUntil !== undefined && mutedUntil > now)) return 0;
  return Math.max(level === 'mentions' ? chat.mentionCount : chat.unreadCount, chat.markedUnread ? 1 : 0);
}

export function toTotals(all: Unread[]): { total: number; mentions: number } {
  const now = new Date().toISOString();
  return {
    total: all.reduce((sum, unread) => sum + weightOf(unread, now), 0),
    mentions: all.reduce((sum, { chat }) => sum + chat.mentionCount, 0),
  };
}
