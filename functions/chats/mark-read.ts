import { deliverRead } from '#shared/chats/live-reads.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { advanceRead, getReadState } from '#shared/data/chats/read-marks.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(markRead, async ({ userId, params: { chatId }, body }) => {
  const { lastSeq, membership } = await getReadState(userId, chatId);
  if (!membership) throw new Problem('not_a_participant');
  // Nobody can have read a message that does not exist yet.
  const seq = Math.min(body.seq, lastSeq);
  if (seq <= membership.readSeq) return { seq: membership.readSeq };
  const read = await advanceRead(membership, seq);
  if (read === 'not a participant') throw new Problem('not_a_participant');
  if (read.movedFrom !== undefined) await deliverRead(chatId, userId, { after: read.movedFrom, seq });
  return { seq: read.readSeq };
});
