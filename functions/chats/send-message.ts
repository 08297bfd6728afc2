import { send } from '#shared/chats/messages/send.ts';
import { sendMessage } from '#shared/contract/chats/send-message.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(sendMessage, async ({ userId, params: { chatId }, body }) => ({
  message: await send({ chatId, userId }, body),
}));
