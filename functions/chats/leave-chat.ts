import { requireParticipant } from '#shared/chats/access.ts';
import { isDirectId } from '#shared/chats/direct-id.ts';
import { gapGraceMs } from '#shared/chats/messages/gaps.ts';
import { leaveChat as leave } from '#shared/chats/remove-participant.ts';
import { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import { succeeded } from '#shared/contract/fields/success.ts';
import { getChatsAlone } from '#shared/data/chats/chats.ts';
import { hideChat } from '#shared/data/chats/memberships.ts';
import { listMessages } from '#shared/data/chats/messages.ts';
import { tellUsers } from '#shared/delivery/to-users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(leaveChat, async ({ userId, params: { chatId } }) => {
  await requireParticipant(userId, chatId);
  if (!isDirectId(chatId)) await leave(userId, chatId);
  else {
    await hideChat(userId, chatId, await lastNumber(chatId));
    await tellUsers([userId], { type: 'chat.removed', chatId });
  }
  return succeeded;
});

/** Not the last number given out while a message may still be stored under it: that message shows the chat again. */
async function lastNumber(chatId: string): Promise<number> {
  const [chat] = await getChatsAlone([chatId]);
  const settled = Date.parse(chat?.lastAt ?? '') < Date.now() - gapGraceMs;
  if (settled) return chat?.seq ?? 0;
  const [last] = await listMessages(chatId, { limit: 1 });
  return last?.seq ?? 0;
}
