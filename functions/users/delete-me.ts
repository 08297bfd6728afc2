import { deleteMe } from '../../shared/contract/users.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { eraseAccount } from '../../shared/erase-account.ts';
import { proveOwner } from '../../shared/proof.ts';
import { requireUser } from '../../shared/users.ts';

export const handler = endpoint(deleteMe, async ({ userId, body }) => {
  const user = await requireUser(userId);
  await proveOwner(user, body);
  await eraseAccount(userId);
  return { success: true as const };
});
