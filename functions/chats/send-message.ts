import { sendMessage } from '../../shared/contract/messages.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { send } from '../../shared/send.ts';

export const handler = endpoint(sendMessage, async ({ userId, params: { chatId }, body }) => ({
  message: await send({ chatId, userId }, body),
}));
