import type { Membership } from '#shared/data/chats/memberships.ts';
import { listMessages, type StoredMessage } from '#shared/data/chats/messages.ts';
import { storeUnreadMark, type UnreadMark } from '#shared/data/chats/unread-marks.ts';
import { Problem } from '#shared/platform/problem.ts';

/** Numbers up to the read mark that may count as unread again: they are read to be counted. */
const maxNumbers = 100;

/** How often a read mark that moves meanwhile is taken into account. */
const attempts = 3;

/**
 * Marks messages up to the read mark as unread again, from a number on. What is above the read mark is unread anyway.
 * Returns the number as used. Throws `not_a_participant` and `unavailable`.
 */
export async function markAsUnread(membership: Membership, seq: number): Promise<number> {
  let found = membership;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const unreadFrom = Math.max(seq, found.readSeq - maxNumbers + 1);
    const again = await listAgain(found, unreadFrom);
    if (again.length === 0) return unreadFrom;
    const newer = await storeUnreadMark(found, countOf(again, found.userId, unreadFrom));
    if (newer === undefined) return unreadFrom;
    if (newer === 'not a participant') throw new Problem('not_a_participant');
    found = newer;
  }
  throw new Problem('unavailable');
}

/** The messages from a number on up to the read mark. */
async function listAgain({ chatId, readSeq }: Membership, from: number): Promise<StoredMessage[]> {
  if (from > readSeq) return [];
  const messages = await listMessages(chatId, { after: from - 1, limit: readSeq - from + 1 });
  return messages.filter(({ seq }) => seq <= readSeq);
}

function countOf(messages: StoredMessage[], userId: string, unreadFrom: number): UnreadMark {
  const ofOthers = messages.filter((message) => message.userId !== userId);
  const mentions = ofOthers.filter(({ mentions: ids, everyone }) => everyone || ids?.includes(userId));
  return { unreadFrom, unreadBelow: ofOthers.length, mentionsBelow: mentions.length };
}
