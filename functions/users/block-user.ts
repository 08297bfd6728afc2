import { directIdOf } from '#shared/chats/direct-id.ts';
import { succeeded } from '#shared/contract/fields/success.ts';
import { blockUser } from '#shared/contract/users/block-user.ts';
import { getUser } from '#shared/data/accounts/users.ts';
import { storeBlock } from '#shared/data/chats/blocks.ts';
import { closeSockets } from '#shared/delivery/close.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(blockUser, async ({ userId, params }) => {
  const blockedId = params.userId;
  if (blockedId === userId) throw new Problem('not_yourself');
  if (!(await getUser(blockedId))) throw new Problem('user_not_found');
  const directId = directIdOf(userId, blockedId);
  if ((await storeBlock(userId, blockedId, directId)) !== undefined) throw new Problem('session_ended');
  await closeSockets(blockedId, ({ chatId }) => chatId === directId);
  return succeeded;
});
