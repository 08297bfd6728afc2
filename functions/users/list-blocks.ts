import { listBlocks } from '#shared/contract/users/list-blocks.ts';
import { listBlocks as readBlocks } from '#shared/data/chats/blocks.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { avatarOf, type Person, peopleOf } from '#shared/people/display-names.ts';

export const handler = endpoint(listBlocks, async ({ userId }) => {
  const blocks = await readBlocks(userId);
  const people = await peopleOf(blocks.map(({ blockedId }) => blockedId));
  return {
    users: blocks.map(({ blockedId: id, blockedAt }) => {
      const { name, userDeleted, ...person } = people.get(id) as Person;
      return { id, name, ...(userDeleted && { userDeleted }), ...avatarOf(id, person), blockedAt };
    }),
  };
});
