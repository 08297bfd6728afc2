import { eraseAccount } from '#shared/accounts/erase.ts';
import { reauthenticate } from '#shared/accounts/reauthenticate.ts';
import { succeeded } from '#shared/contract/fields/success.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { requireUser } from '#shared/people/users.ts';

export const handler = endpoint(deleteMe, async ({ userId, sessionId, body, uncountGuesses }) => {
  const user = await requireUser(userId);
  const isContinued = user.deletion?.sessionId === sessionId && user.deletion.holdsUntil > Date.now();
  if (!isContinued) await reauthenticate(user, body);
  // Now, because this function may run out of time.
  await uncountGuesses();
  await eraseAccount(userId, sessionId);
  return succeeded;
});
