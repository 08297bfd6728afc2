import { requireParticipant } from '#shared/chats/access.ts';
import { toMessages } from '#shared/chats/messages/messages.ts';
import { searchChat } from '#shared/chats/search/search.ts';
import { searchMessages } from '#shared/contract/chats/search-messages.ts';
import { getLastSeq } from '#shared/data/chats/chats.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(searchMessages, async ({ userId, params: { chatId }, query }) => {
  const [lastSeq] = await Promise.all([getLastSeq(chatId), requireParticipant(userId, chatId)]);
  const { messages, searchedTo } = await searchChat(chatId, lastSeq, query);
  return { messages: await toMessages(messages), searchedTo };
});
