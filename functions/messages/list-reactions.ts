import { requireParticipant } from '#shared/chats/access.ts';
import { findMessage } from '#shared/chats/messages/find-message.ts';
import { listReactions } from '#shared/contract/messages/list-reactions.ts';
import { reactionsOn } from '#shared/data/changes/reactions.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(listReactions, async ({ userId, params: { chatId, messageId } }) => {
  const [message] = await Promise.all([findMessage(chatId, messageId), requireParticipant(userId, chatId)]);
  if (!message) throw new Problem('message_not_found');
  const reactions = [...(message.deletedAt === undefined ? reactionsOn(message) : [])].map(([emoji, userIds]) => ({
    emoji,
    count: userIds.length,
    userIds,
  }));
  return { reactions };
});
