import { requireCommonChat } from '#shared/chats/access.ts';
import { getUser } from '#shared/contract/users/get-user.ts';
import { getShown } from '#shared/data/accounts/users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { avatarOf } from '#shared/people/display-names.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(getUser, async ({ userId, params: { userId: id } }) => {
  // The same reads whether there is such an account, so that not even the time tells.
  const [found] = await Promise.all([getShown([id]), id !== userId && requireCommonChat(userId, id)]);
  const shown = found.get(id);
  if (!shown) throw new Problem('user_not_found');
  return { user: { id, name: shown.name, ...avatarOf(id, shown) } };
});
