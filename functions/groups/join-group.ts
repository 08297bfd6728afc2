import { randomUUID } from 'node:crypto';
import { joinGroup } from '../../shared/contract/chats.ts';
import { addParticipant, findChatIdByInvite, getChatFor } from '../../shared/data/chats.ts';
import { listConnections } from '../../shared/data/connections.ts';
import { takeNumber } from '../../shared/data/messages.ts';
import { deliver } from '../../shared/delivery/deliver.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { toGroup } from '../../shared/groups.ts';
import { toMessage } from '../../shared/messages.ts';
import { Problem } from '../../shared/problem.ts';

export const handler = endpoint(joinGroup, async ({ userId, body }) => {
  const chatId = await findChatIdByInvite(body.inviteCode);
  const { chat, joined, userName } = chatId ? await getChatFor(userId, chatId) : {};
  if (!chat || !userName) throw new Problem('invite_not_found');
  if (joined) return { group: toGroup(chat) };

  const seq = await takeNumber(chat.id);
  const createdAt = new Date().toISOString();
  const stored = {
    id: randomUUID(),
    chatId: chat.id,
    seq,
    userId,
    type: 'system',
    event: 'joined',
    createdAt,
  } as const;
  const [connections, outcome] = await Promise.all([listConnections(chat.id), addParticipant(userId, stored)]);
  if (outcome === 'full') throw new Problem('group_full');
  if (outcome === 'added') await deliver(connections, toMessage(stored, userName));
  const participantIds = [...new Set([...chat.participantIds, userId])].sort();
  return { group: toGroup({ ...chat, participantIds }) };
});
