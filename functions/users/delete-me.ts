import { eraseAccount } from '#shared/accounts/erase.ts';
import { reauthenticate } from '#shared/accounts/reauthenticate.ts';
import { succeeded } from '#shared/contract/fields/success.ts';
import { deleteMe } from '#shared/contract/users/delete-me.ts';
import { updateUser } from '#shared/data/accounts/users.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { requireUser } from '#shared/people/users.ts';

/** How long a deletion that was begun may be continued without another password or code, milliseconds. */
const continuableMs = 15 * 60_000;

export const handler = endpoint(deleteMe, async ({ userId, sessionId, body, guessedRight }) => {
  const user = await requireUser(userId);
  const isContinued = user.deletion?.sessionId === sessionId && user.deletion.until > Date.now();
  if (!isContinued) await reauthenticate(user, body);
  // Now, because this function may run out of time.
  await guessedRight();
  await updateUser(userId, { deletion: { sessionId, until: Date.now() + continuableMs } });
  await eraseAccount(userId);
  return succeeded;
});
