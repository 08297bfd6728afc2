import { requireCommonChat } from '#shared/chats/access.ts';
import { getUser } from '#shared/contract/users/get-user.ts';
import { getNames } from '#shared/data/accounts/users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(getUser, async ({ userId, params: { userId: id } }) => {
  // The same reads whether there is such an account, so that not even the time tells.
  const [names] = await Promise.all([getNames([id]), id !== userId && requireCommonChat(userId, id)]);
  const name = names.get(id);
  if (name === undefined) throw new Problem('user_not_found');
  return { user: { id, name } };
});
