import { logout } from '#shared/contract/auth/logout.ts';
import { succeeded } from '#shared/contract/fields/success.ts';
import { deleteSession, endAllSessions } from '#shared/data/accounts/sessions.ts';
import { endAndCloseSockets } from '#shared/delivery/close.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

export const handler = endpoint(logout, async ({ userId, sessionId, body: { everywhere } }) => {
  await endAndCloseSockets<unknown>(
    userId,
    (connection) => everywhere || connection.sessionId === sessionId,
    () => (everywhere ? endAllSessions(userId) : deleteSession(userId, sessionId)),
  );
  return succeeded;
});
