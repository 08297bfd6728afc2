import { inChat } from '#shared/contract/chats/path.ts';
import { getSocketUser } from '#shared/data/connections/connections.ts';
import { identify } from '#shared/platform/invocation-log.ts';
import { Problem } from '#shared/platform/problem.ts';
import { parse } from './validation.ts';

/** The user behind a socket, and the chat that a frame on it is about. */
export interface FrameUser {
  userId: string;
  chatId: string;
  /** Whether the socket gets live frames. */
  events: boolean;
  /** Whether it is for all chats of the user. Such a socket stays open when a right ends. */
  isInbox: boolean;
}

/**
 * The user behind this socket, and the chat that the frame is about: the socket's own, or on an inbox the one that the frame
 * names. Says nothing about permissions: the frame's handler checks those. Throws `not_a_participant` if the connection is
 * not stored, and `invalid_input` if a frame on an inbox names no chat.
 */
export async function requireSocketChat(
  connectionId: string,
  frame: { chatId?: string | undefined },
): Promise<FrameUser> {
  const user = await getSocketUser(connectionId);
  if (!user) throw new Problem('not_a_participant');
  const { userId, events = false } = user;
  identify({ userId });
  const isInbox = user.chatId === undefined;
  const chatId = isInbox ? parse(inChat, frame).chatId : user.chatId;
  identify({ chatId });
  return { userId, chatId, events, isInbox };
}
