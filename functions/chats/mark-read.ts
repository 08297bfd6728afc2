import { markRead } from '#shared/contract/chats/mark-read.ts';
import { getLastSeq } from '#shared/data/chats/chats.ts';
import { advanceRead } from '#shared/data/chats/memberships.ts';
import { deliverLive } from '#shared/delivery/to-chat.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(markRead, async ({ userId, params: { chatId }, body }) => {
  // Nobody can have read a message that does not exist yet.
  const seq = Math.min(body.seq, await getLastSeq(chatId));
  const read = await advanceRead(userId, chatId, seq);
  if (read === 'not a participant') throw new Problem('not_a_participant');
  if (read.moved) await deliverLive(chatId, userId, { type: 'read', chatId, userId, seq });
  return { seq: read.readSeq };
});
