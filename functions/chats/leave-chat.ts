import { requireParticipant } from '#shared/chats/access.ts';
import { isDirectId } from '#shared/chats/direct-id.ts';
import { leaveChat as leaveGroup } from '#shared/chats/remove-participant.ts';
import { leaveChat } from '#shared/contract/chats/leave-chat.ts';
import { succeeded } from '#shared/contract/fields/success.ts';
import { getLastSeq } from '#shared/data/chats/chats.ts';
import { hideChat } from '#shared/data/chats/memberships.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(leaveChat, async ({ userId, params: { chatId } }) => {
  await requireParticipant(userId, chatId);
  if (isDirectId(chatId)) await hideChat(userId, chatId, await getLastSeq(chatId));
  else await leaveGroup(userId, chatId);
  return succeeded;
});
