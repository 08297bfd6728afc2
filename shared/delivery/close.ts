import { type ConnectionOfUser, listConnectionsOf, removeConnections } from '#shared/data/connections/connections.ts';
import { log } from '#shared/platform/log.ts';
import { closeConnection } from './post.ts';
import { retryPost } from './retry-post.ts';

/** How long the closing of a socket is retried, milliseconds. */
const timeoutMs = 2000;

type Predicate = (connection: ConnectionOfUser) => boolean;

/**
 * Closes the user's sockets that `shouldClose` selects. Their items go first: from then on no delivery finds them and nothing they send is
 * taken, even while API Gateway is slow to close them.
 */
export async function closeSockets(userId: string, shouldClose: Predicate): Promise<void> {
  const connections = (await listConnectionsOf(userId)).filter(shouldClose);
  await removeConnections(connections);
  await close(connections);
}

/** Closes sockets whose items are removed. Never throws. */
export async function close(connections: { connectionId: string }[]): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  await Promise.all(
    connections.map(async ({ connectionId }) => {
      const { result, cause } = await retryPost(() => closeConnection(connectionId, deadline), deadline);
      if (result !== 'done' && result !== 'gone') log.warn('socket not closed', { connectionId, result, cause });
    }),
  );
}

/**
 * Closes the user's sockets that depend on what `end` ends, runs it, then closes any that were opened meanwhile. Closing
 * first leaves `end` undone on failure, so that the request can be retried.
 */
export async function endAndCloseSockets<Outcome>(
  userId: string,
  shouldClose: Predicate,
  end: () => Promise<Outcome>,
): Promise<Outcome> {
  await closeSockets(userId, shouldClose);
  const outcome = await end();
  await closeSockets(userId, shouldClose);
  return outcome;
}
