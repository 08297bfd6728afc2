import { requireParticipant } from '#shared/chats/access.ts';
import { toMessages } from '#shared/chats/messages/messages.ts';
import { listPins } from '#shared/contract/messages/list-pins.ts';
import { listPinned } from '#shared/data/changes/pins.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(listPins, async ({ userId, params: { chatId } }) => {
  const [pinned] = await Promise.all([listPinned(chatId), requireParticipant(userId, chatId)]);
  return { messages: await toMessages(pinned) };
});
