import { requireParticipant } from '#shared/chats/access.ts';
import { findMessage } from '#shared/chats/messages/find-message.ts';
import { toMessages } from '#shared/chats/messages/messages.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { getMessage } from '#shared/contract/messages/get-message.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(getMessage, async ({ userId, params: { chatId, messageId } }) => {
  const [stored] = await Promise.all([findMessage(chatId, messageId), requireParticipant(userId, chatId)]);
  if (!stored) throw new Problem('message_not_found');
  const [message] = await toMessages([stored]);
  return { message: message as Message };
});
