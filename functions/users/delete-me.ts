import { deleteMe } from '../../shared/contract/users.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { eraseAccount } from '../../shared/erase-account.ts';
import { proveOwner, requireUser } from '../../shared/proof.ts';

export const handler = endpoint(deleteMe, async ({ userId, body }) => {
  const user = await requireUser(userId);
  await proveOwner(user, body);
  await eraseAccount(userId);
  return { success: true as const };
});
