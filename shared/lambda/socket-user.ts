import { getSender, type Sender } from '#shared/data/connections.ts';
import { Problem } from '#shared/platform/problem.ts';
import type { SocketEvent } from './websocket.ts';

/** Whose socket the frame came on, for its log line too. What they may do is read with each frame, not kept with the socket. */
export async function requireSocketUser(event: SocketEvent): Promise<Sender> {
  const sender = await getSender(event.requestContext.connectionId);
  if (!sender) throw new Problem('not_a_participant');
  Object.assign(event, { userId: sender.userId, chatId: sender.chatId });
  return sender;
}
