import { requireParticipant } from '#shared/chats/access.ts';
import { listReads } from '#shared/contract/chats/list-reads.ts';
import { getParticipantIds } from '#shared/data/chats/chats.ts';
import { getMemberships } from '#shared/data/chats/memberships.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(listReads, async ({ userId, params: { chatId } }) => {
  const [participantIds] = await Promise.all([getParticipantIds(chatId), requireParticipant(userId, chatId)]);
  const memberships = await getMemberships(participantIds, chatId);
  return { reads: memberships.map(({ userId: id, readSeq }) => ({ userId: id, seq: readSeq })) };
});
