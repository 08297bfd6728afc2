import { endSession } from '#shared/contract/auth/end-session.ts';
import { succeeded } from '#shared/contract/fields/success.ts';
import { deleteSession } from '#shared/data/accounts/sessions.ts';
import { endAndCloseSockets } from '#shared/delivery/close.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

export const handler = endpoint(endSession, async ({ userId, params: { sessionId } }) => {
  const refusal = await endAndCloseSockets(
    userId,
    (connection) => connection.sessionId === sessionId,
    () => deleteSession(userId, sessionId),
  );
  if (refusal === 'no such session') throw new Problem('session_not_found');
  return succeeded;
});
