import { refuseCommonPassword } from '#shared/accounts/common-passwords.ts';
import { hashPassword } from '#shared/accounts/passwords.ts';
import { reauthenticate } from '#shared/accounts/reauthenticate.ts';
import { changePassword } from '#shared/contract/auth/change-password.ts';
import type { UserConnection } from '#shared/data/connections.ts';
import { deleteSessions } from '#shared/data/sessions.ts';
import { setPassword } from '#shared/data/users.ts';
import { endAndCloseSockets } from '#shared/delivery/close.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { requireUser } from '#shared/people/users.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(changePassword, async ({ userId, sessionId, body }) => {
  const user = await requireUser(userId);
  refuseCommonPassword(body.newPassword);
  await reauthenticate(user, { password: body.currentPassword, code: body.code });
  const passwordHash = await hashPassword(body.newPassword);
  const isOther = (connection: UserConnection) => connection.sessionId !== sessionId;
  const changed = await endAndCloseSockets(userId, isOther, async () => {
    // First the sessions: if that fails, the old password still lets its owner try again.
    await deleteSessions(userId, sessionId);
    const set = await setPassword(user, passwordHash);
    await deleteSessions(userId, sessionId);
    return set;
  });
  if (!changed) throw new Problem('changed_meanwhile');
  return { success: true as const };
});
