import { type ChatSocketUser, getSocketUser } from '#shared/data/connections/connections.ts';
import { identify } from '#shared/platform/invocation-log.ts';
import { Problem } from '#shared/platform/problem.ts';

/**
 * The user behind this socket, and its chat. Says nothing about permissions: the frame's handler checks those. Throws
 * `not_a_participant` if no connection in a chat is stored.
 */
export async function requireSocketUser(connectionId: string): Promise<ChatSocketUser> {
  const user = await getSocketUser(connectionId);
  if (user?.chatId === undefined) throw new Problem('not_a_participant');
  identify({ userId: user.userId, chatId: user.chatId });
  return user;
}
