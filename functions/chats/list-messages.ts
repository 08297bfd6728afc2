import { requireParticipant } from '#shared/chats/access.ts';
import { toMessages } from '#shared/chats/messages.ts';
import { listMessages } from '#shared/contract/chats/list-messages.ts';
import { listMessages as readMessages } from '#shared/data/chats/messages.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(listMessages, async ({ userId, params: { chatId }, query }) => {
  const [messages] = await Promise.all([readMessages(chatId, query), requireParticipant(userId, chatId)]);
  return { messages: await toMessages(messages) };
});
