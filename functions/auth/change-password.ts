import { refuseCommonPassword } from '../../shared/common-passwords.ts';
import { changePassword } from '../../shared/contract/auth.ts';
import { deleteSessions } from '../../shared/data/sessions.ts';
import { setPassword } from '../../shared/data/users.ts';
import { closeSockets } from '../../shared/delivery/close.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { hashPassword } from '../../shared/passwords.ts';
import { Problem } from '../../shared/problem.ts';
import { proveOwner } from '../../shared/proof.ts';
import { requireUser } from '../../shared/users.ts';

export const handler = endpoint(changePassword, async ({ userId, sessionId, body }) => {
  const user = await requireUser(userId);
  refuseCommonPassword(body.newPassword);
  await proveOwner(user, { password: body.currentPassword, code: body.code });
  if (!(await setPassword(user, await hashPassword(body.newPassword)))) throw new Problem('changed_meanwhile');
  await deleteSessions(userId, sessionId);
  await closeSockets(userId, (connection) => connection.sessionId !== sessionId);
  return { success: true as const };
});
