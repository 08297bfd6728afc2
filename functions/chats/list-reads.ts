import { requireParticipant } from '#shared/chats/access.ts';
import { pageOf } from '#shared/chats/member-page.ts';
import { listReads } from '#shared/contract/chats/list-reads.ts';
import { getParticipantIds } from '#shared/data/chats/chats.ts';
import { getMemberships } from '#shared/data/chats/memberships.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(listReads, async ({ userId, params: { chatId }, query, count }) => {
  const [participantIds] = await Promise.all([getParticipantIds(chatId), requireParticipant(userId, chatId)]);
  const { ids, cursor } = await pageOf(participantIds, query, () => count({ 'large page': userId }));
  const memberships = await getMemberships(ids, chatId);
  return { reads: memberships.map(({ userId: id, readSeq }) => ({ userId: id, seq: readSeq })), cursor };
});
