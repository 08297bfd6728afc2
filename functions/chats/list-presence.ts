import { listPresence as presenceIn } from '#shared/chats/presence.ts';
import { listPresence } from '#shared/contract/chats/list-presence.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(listPresence, async ({ userId, params: { chatId } }) => ({
  users: await presenceIn(userId, chatId),
}));
