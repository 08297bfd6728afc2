import { markRead } from '../../shared/contract/chats.ts';
import { getLastSeq } from '../../shared/data/chats.ts';
import { listConnections } from '../../shared/data/connections.ts';
import { advanceRead, spendAsParticipant } from '../../shared/data/memberships.ts';
import { deliver } from '../../shared/delivery/deliver.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { Problem } from '../../shared/problem.ts';

const [allowance] = markRead.limits;

export const handler = endpoint(markRead, async ({ userId, params: { chatId }, body }) => {
  const [membership, lastSeq] = await Promise.all([spendAsParticipant(userId, chatId, allowance), getLastSeq(chatId)]);
  if (!membership) throw new Problem('not_a_participant');
  // Nobody has read what isn't written yet.
  const seq = Math.min(body.seq, lastSeq);
  if (membership.readSeq >= seq || !(await advanceRead(userId, chatId, seq))) {
    return { seq: Math.max(membership.readSeq, seq) };
  }
  const watching = (await listConnections(chatId)).filter(({ events }) => events);
  await deliver(watching, { type: 'read', chatId, userId, seq });
  return { seq };
});
