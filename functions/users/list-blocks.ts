import { listBlocks } from '#shared/contract/users/list-blocks.ts';
import { listBlocks as readBlocks } from '#shared/data/chats/blocks.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { namesOf } from '#shared/people/display-names.ts';

export const handler = endpoint(listBlocks, async ({ userId }) => {
  const blocks = await readBlocks(userId);
  const names = await namesOf(blocks.map(({ blockedId }) => blockedId));
  return {
    users: blocks.map(({ blockedId: id, blockedAt }) => ({ id, name: names.get(id) as string, blockedAt })),
  };
});
