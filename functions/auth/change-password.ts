import { refuseCommonPassword } from '../../shared/common-passwords.ts';
import { changePassword } from '../../shared/contract/auth.ts';
import type { UserConnection } from '../../shared/data/connections.ts';
import { deleteSessions } from '../../shared/data/sessions.ts';
import { setPassword } from '../../shared/data/users.ts';
import { endWithSockets } from '../../shared/delivery/close.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { hashPassword } from '../../shared/passwords.ts';
import { Problem } from '../../shared/problem.ts';
import { proveOwner } from '../../shared/proof.ts';
import { requireUser } from '../../shared/users.ts';

export const handler = endpoint(changePassword, async ({ userId, sessionId, body }) => {
  const user = await requireUser(userId);
  refuseCommonPassword(body.newPassword);
  await proveOwner(user, { password: body.currentPassword, code: body.code });
  const passwordHash = await hashPassword(body.newPassword);
  const isOther = (connection: UserConnection) => connection.sessionId !== sessionId;
  const changed = await endWithSockets(userId, isOther, async () => {
    // First the sessions: if that fails, the old password still lets its owner try again.
    await deleteSessions(userId, sessionId);
    const set = await setPassword(user, passwordHash);
    await deleteSessions(userId, sessionId);
    return set;
  });
  if (!changed) throw new Problem('changed_meanwhile');
  return { success: true as const };
});
