import { updateMe } from '#shared/contract/users/update-me.ts';
import { updateUser } from '#shared/data/accounts/users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { toUser } from '#shared/people/users.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(updateMe, async ({ userId, body }) => {
  const user = await updateUser(userId, body);
  if (!user) throw new Problem('session_ended');
  return { user: toUser(user) };
});
