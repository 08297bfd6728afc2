import { directIdOf } from '#shared/chats/direct-id.ts';
import { succeeded } from '#shared/contract/fields/success.ts';
import { unblockUser } from '#shared/contract/users/unblock-user.ts';
import { deleteBlock } from '#shared/data/chats/blocks.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(unblockUser, async ({ userId, params }) => {
  if ((await deleteBlock(userId, params.userId, directIdOf(userId, params.userId))) !== undefined)
    throw new Problem('session_ended');
  return succeeded;
});
