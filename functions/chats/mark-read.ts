import { markRead } from '../../shared/contract/chats.ts';
import { getLastSeq } from '../../shared/data/chats.ts';
import { listConnections } from '../../shared/data/connections.ts';
import { advanceRead } from '../../shared/data/memberships.ts';
import { deliver } from '../../shared/delivery/deliver.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { Problem } from '../../shared/problem.ts';

export const handler = endpoint(markRead, async ({ userId, params: { chatId }, body }) => {
  // Nobody has read what isn't written yet.
  const seq = Math.min(body.seq, await getLastSeq(chatId));
  const read = await advanceRead(userId, chatId, seq);
  if (!read) throw new Problem('not_a_participant');
  if (read.moved) {
    const watching = (await listConnections(chatId)).filter(({ events }) => events);
    await deliver(watching, { type: 'read', chatId, userId, seq });
  }
  return { seq: read.seq };
});
