import { directIdOf } from '../../shared/chats.ts';
import { unblock } from '../../shared/contract/users.ts';
import { deleteBlock } from '../../shared/data/blocks.ts';
import { endpoint } from '../../shared/endpoint.ts';

export const handler = endpoint(unblock, async ({ userId, params }) => {
  await deleteBlock(userId, params.userId, directIdOf(userId, params.userId));
  return { success: true as const };
});
