import { advanceRead, getReadState } from '#shared/data/chats/read-marks.ts';
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
  const seq = Math.min(upTo, lastSeq);
  if (seq <= membership.readSeq) return membership.readSeq;
  const read = await advanceRead(membership, seq);
  if (read === 'not a participant') throw new Problem('not_a_participant');
  if (read.movedFrom !== undefined) await deliverRead(membership, { after: read.movedFrom, seq, exceptConnectionId });
  return read.readSeq;
}
