import { refuseCommonPassword } from '#shared/accounts/common-passwords.ts';
import { hashPassword } from '#shared/accounts/passwords.ts';
import { reauthenticate } from '#shared/accounts/reauthenticate.ts';
import { changePassword } from '#shared/contract/auth/change-password.ts';
import { succeeded } from '#shared/contract/fields/success.ts';
import { setPassword } from '#shared/data/accounts/users.ts';
import { endAndCloseSockets } from '#shared/delivery/close.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { requireUser } from '#shared/people/users.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(changePassword, async ({ userId, sessionId, body }) => {
  const user = await requireUser(userId);
  refuseCommonPassword(body.newPassword);
  await reauthenticate(user, { password: body.currentPassword, code: body.code });
  const passwordHash = await hashPassword(body.newPassword);
  const isOther = (connection: { sessionId: string }) => connection.sessionId !== sessionId;
  const refusal = await endAndCloseSockets(userId, isOther, () => setPassword(user, passwordHash, sessionId));
  if (refusal === 'changed') throw new Problem('changed_meanwhile');
  return succeeded;
});
