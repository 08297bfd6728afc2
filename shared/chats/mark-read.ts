import type { Membership } from '#shared/data/chats/memberships.ts';
import { advanceRead, getReadState } from '#shared/data/chats/read-marks.ts';
import { tellUsers } from '#shared/delivery/to-users.ts';
import { Problem } from '#shared/platform/problem.ts';
import { deliverRead } from './live-reads.ts';

/**
 * Moves a user's mark up to a number, never back, and tells those who watch; not the connection that is answered itself.
 * Returns the mark. Throws `not_a_participant`.
 */
export async function markAsRead(
  userId: string,
  chatId: string,
  upTo: number,
  exceptConnectionId?: string,
): Promise<number> {
  const { lastSeq, membership } = await getReadState(userId, chatId);
  if (!membership) throw new Problem('not_a_participant');
  // Nobody can have read a message that does not exist yet.
  const readSeq = await readUpTo(membership, Math.min(upTo, lastSeq), exceptConnectionId);
  if (readSeq === 'not a participant') throw new Problem('not_a_participant');
  return readSeq;
}

/** `markAsRead` for a membership and a last number that are known. */
export async function readUpTo(
  membership: Membership,
  seq: number,
  exceptConnectionId?: string,
): Promise<number | 'not a participant'> {
  const read = await advanceRead(membership, seq);
  if (read === 'not a participant') return read;
  if (read.movedFrom !== undefined) await deliverRead(membership, { after: read.movedFrom, seq, exceptConnectionId });
  if (read.endedUnread) await tellUsers([membership.userId], { type: 'chat', chatId: membership.chatId });
  return read.readSeq;
}
