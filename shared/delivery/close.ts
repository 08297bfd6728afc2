import { listConnectionsOf, removeConnections, type UserConnection } from '../data/connections.ts';
import { log } from '../log.ts';
import { closeConnection } from './post.ts';

/**
 * Closes those of the user's sockets that lost their ground. Their items go first: from then on nothing is delivered to
 * them, and nothing they send is taken, even where API Gateway is slow to close.
 */
export async function closeSockets(userId: string, lost: (connection: UserConnection) => boolean): Promise<void> {
  const connections = (await listConnectionsOf(userId)).filter(lost);
  await removeConnections(connections);
  await Promise.all(
    connections.map(async ({ connectionId }) => {
      const { result, cause } = await closeConnection(connectionId);
      if (result !== 'done' && result !== 'gone') log.warn('socket not closed', { connectionId, result, cause });
    }),
  );
}
