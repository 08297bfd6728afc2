import { directIdOf } from '#shared/chats/direct-id.ts';
import { toChats } from '#shared/chats/list.ts';
import { openDirect } from '#shared/contract/chats/open-direct.ts';
import { getChatsAlone, storeDirect } from '#shared/data/chats/chats.ts';
import { getMembership, unhideChat } from '#shared/data/chats/memberships.ts';
import { tellUsers } from '#shared/delivery/to-users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(openDirect, async ({ userId, body }) => {
  if (body.userId === userId) throw new Problem('not_yourself');
  const chatId = directIdOf(userId, body.userId);
  let membership = await getMembership(userId, chatId);
  if (!membership) {
    const refusal = await storeDirect(chatId, userId, body.userId);
    if (refusal === 'no such user') throw new Problem('user_not_found');
    if (refusal === 'blocked') throw new Problem('blocked');
    membership = await getMembership(userId, chatId);
    if (refusal === undefined) await tellUsers([userId, body.userId], { type: 'chat', chatId });
  }
  if (membership?.blockedBy?.has(body.userId)) throw new Problem('blocked');
  if (membership?.hiddenUpTo !== undefined) {
    await unhideChat(userId, chatId);
    await tellUsers([userId], { type: 'chat', chatId });
  }
  const [chat] = membership ? await toChats(userId, [membership], await getChatsAlone([chatId])) : [];
  if (!chat) throw new Problem('user_not_found');
  return { chat };
});
