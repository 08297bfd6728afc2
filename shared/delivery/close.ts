import { listConnectionsOf, removeConnections, type UserConnection } from '#shared/data/connections.ts';
import { log } from '#shared/platform/log.ts';
import { untilSettled } from './broadcast.ts';
import { closeConnection } from './post.ts';

/** Milliseconds that closing one socket is tried for. */
const timeoutMs = 2000;

/**
 * Closes those of the user's sockets that lost their ground. Their items go first: from then on no delivery finds them,
 * and nothing they send is taken, even where API Gateway is slow to close.
 */
export async function closeSockets(userId: string, lost: (connection: UserConnection) => boolean): Promise<void> {
  const connections = (await listConnectionsOf(userId)).filter(lost);
  await removeConnections(connections);
  const deadline = Date.now() + timeoutMs;
  await Promise.all(
    connections.map(async ({ connectionId }) => {
      const { result, cause } = await untilSettled(() => closeConnection(connectionId, deadline), deadline);
      if (result !== 'done' && result !== 'gone') log.warn('socket not closed', { connectionId, result, cause });
    }),
  );
}

/**
 * Ends what some of a user's sockets stand on, and closes them: before, so that if this fails what they stand on is still
 * there and one can ask again; and afterwards, if any were opened meanwhile.
 */
export async function endAndCloseSockets<Outcome>(
  userId: string,
  lost: (connection: UserConnection) => boolean,
  end: () => Promise<Outcome>,
): Promise<Outcome> {
  await closeSockets(userId, lost);
  const outcome = await end();
  await closeSockets(userId, lost);
  return outcome;
}
