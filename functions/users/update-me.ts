import { updateMe } from '../../shared/contract/users.ts';
import { renameUser } from '../../shared/data/users.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { Problem } from '../../shared/problem.ts';
import { toUser } from '../../shared/users.ts';

export const handler = endpoint(updateMe, async ({ userId, body }) => {
  const user = await renameUser(userId, body.name);
  if (!user) throw new Problem('session_ended');
  return { user: toUser(user) };
});
