import { markAsRead } from '#shared/chats/mark-read.ts';
import { markRead } from '#shared/contract/chats/mark-read.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(markRead, async ({ userId, params: { chatId }, body }) => ({
  seq: await markAsRead(userId, chatId, body.seq),
}));
