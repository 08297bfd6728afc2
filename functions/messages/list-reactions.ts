import { requireParticipant } from '#shared/chats/access.ts';
import { findMessage } from '#shared/chats/find-message.ts';
import { listReactions } from '#shared/contract/messages/list-reactions.ts';
import { reactionsOn } from '#shared/data/changes/reactions.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

/** Reactions that a screen shows. */
const maxSmallPage = 100;

export const handler = endpoint(listReactions, async ({ userId, params: { chatId, messageId }, count }) => {
  const [message] = await Promise.all([findMessage(chatId, messageId), requireParticipant(userId, chatId)]);
  if (!message) throw new Problem('message_not_found');
  const reactions = [...reactionsOn(message)].map(([emoji, userIds]) => ({ emoji, count: userIds.length, userIds }));
  const total = reactions.reduce((sum, reaction) => sum + reaction.count, 0);
  if (total > maxSmallPage) await count({ 'large page': userId });
  return { reactions };
});
