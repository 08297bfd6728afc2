import { logout } from '../../shared/contract/auth.ts';
import { deleteSession, deleteSessions } from '../../shared/data/sessions.ts';
import { closeSockets } from '../../shared/delivery/close.ts';
import { endpoint } from '../../shared/endpoint.ts';

export const handler = endpoint(logout, async ({ userId, sessionId, body: { everywhere } }) => {
  await (everywhere ? deleteSessions(userId) : deleteSession(userId, sessionId));
  await closeSockets(userId, (connection) => everywhere || connection.sessionId === sessionId);
  return { success: true as const };
});
