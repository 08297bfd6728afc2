import { getSocketUser, type SocketUser } from '#shared/data/connections/connections.ts';
import { identify } from '#shared/platform/invocation-log.ts';
import { Problem } from '#shared/platform/problem.ts';

/**
 * The user behind this socket, and its chat. Says nothing about permissions: the frame's handler checks those. Throws
 * `not_a_participant` if the connection is not stored.
 */
export async function requireSocketUser(connectionId: string): Promise<SocketUser> {
  const user = await getSocketUser(connectionId);
  if (!user) throw new Problem('not_a_participant');
  identify({ userId: user.userId, chatId: user.chatId });
  return user;
}
