import { listChats } from '../../shared/contract/chats.ts';
import { getChats } from '../../shared/data/chats.ts';
import { listChatIds } from '../../shared/data/memberships.ts';
import { getLastMessages } from '../../shared/data/messages.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { toMessages } from '../../shared/messages.ts';

export const handler = endpoint(listChats, async ({ userId }) => {
  const chats = await getChats(await listChatIds(userId));
  const lastMessages = await toMessages(await getLastMessages(chats));
  const last = new Map(lastMessages.map((message) => [message.chatId, message]));
  const summaries = chats.map(({ id, name, type, participantIds, inviteCode, createdAt }) => ({
    id,
    name,
    type,
    participantIds,
    inviteCode,
    createdAt,
    lastMessageAt: last.get(id)?.createdAt,
    lastMessage: last.get(id)?.content,
  }));
  const newestAt = (chat: (typeof summaries)[number]) => chat.lastMessageAt ?? chat.createdAt;
  return { chats: summaries.sort((a, b) => (newestAt(a) < newestAt(b) ? 1 : -1)) };
});
