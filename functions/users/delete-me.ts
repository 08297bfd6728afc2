import { eraseAccount } from '#shared/accounts/erase.ts';
import { reauthenticate } from '#shared/accounts/reauthenticate.ts';
import { succeeded } from '#shared/contract/fields/success.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { requireUser } from '#shared/people/users.ts';

export const handler = endpoint(deleteMe, async ({ userId, body }) => {
  const user = await requireUser(userId);
  await reauthenticate(user, body);
  await eraseAccount(userId);
  return succeeded;
});
