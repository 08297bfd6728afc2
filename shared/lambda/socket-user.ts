import { getSocketUser, type SocketUser } from '#shared/data/connections/connections.ts';
import { identify } from '#shared/platform/invocation-log.ts';
import { Problem } from '#shared/platform/problem.ts';

/** The user behind this socket, and its chat. Permissions are checked per frame, not cached. Throws `not_a_participant`. */
export async function requireSocketUser(connectionId: string): Promise<SocketUser> {
  const user = await getSocketUser(connectionId);
  if (!user) throw new Problem('not_a_participant');
  identify({ userId: user.userId, chatId: user.chatId });
  return user;
}
