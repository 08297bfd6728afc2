import { listReads } from '#shared/contract/chats/list-reads.ts';
import { getParticipantIds } from '#shared/data/chats.ts';
import { getMembership, getMemberships } from '#shared/data/memberships.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(listReads, async ({ userId, params: { chatId } }) => {
  const [membership, participantIds] = await Promise.all([getMembership(userId, chatId), getParticipantIds(chatId)]);
  if (!membership) throw new Problem('not_a_participant');
  const memberships = await getMemberships(participantIds, chatId);
  return { reads: memberships.map(({ userId: id, readSeq }) => ({ userId: id, seq: readSeq })) };
});
