import { requireParticipant } from '#shared/chats/access.ts';
import { markAsUnread } from '#shared/chats/mark-unread.ts';
import { markUnread } from '#shared/contract/chats/mark-unread.ts';
import { tellUsers } from '#shared/delivery/to-users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(markUnread, async ({ userId, params: { chatId }, body }) => {
  const membership = await requireParticipant(userId, chatId);
  const seq = await markAsUnread(membership, body.seq);
  await tellUsers([userId], { type: 'chat', chatId });
  return { seq };
});
