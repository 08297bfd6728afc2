import { endSession } from '../../shared/contract/auth.ts';
import { deleteSession } from '../../shared/data/sessions.ts';
import { closeSockets } from '../../shared/delivery/close.ts';
import { endpoint } from '../../shared/endpoint.ts';
import { Problem } from '../../shared/problem.ts';

export const handler = endpoint(endSession, async ({ userId, params: { sessionId } }) => {
  if (!(await deleteSession(userId, sessionId))) throw new Problem('session_not_found');
  await closeSockets(userId, (connection) => connection.sessionId === sessionId);
  return { success: true as const };
});
