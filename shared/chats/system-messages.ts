import type { Message } from '#shared/contract/chats/message.ts';
import { type StoredMessage, type SystemMessage, takeNumber } from '#shared/data/messages.ts';
import { deliverToChat } from '#shared/delivery/to-chat.ts';
import { toMessages } from './messages.ts';

/**
 * Does something to a chat together with the system message that tells of it: `store` writes both or neither, and gives
 * `done` when it has. Then everyone connected is told.
 */
export async function storeSystemMessage<Outcome>(
  about: { chatId: string; userId: string } & SystemMessage,
  store: (message: StoredMessage) => Promise<Outcome>,
  done: Outcome,
): Promise<Outcome> {
  const seq = await takeNumber(about.chatId);
  const message: StoredMessage = { ...about, seq, type: 'system', createdAt: new Date().toISOString() };
  // Before it is stored: what is done must not fail any more.
  const [frame] = await toMessages([message]);
  const outcome = await store(message);
  if (outcome === done) await deliverToChat(frame as Message);
  return outcome;
}
