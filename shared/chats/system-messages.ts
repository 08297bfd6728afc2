import type { Message } from '#shared/contract/chats/message.ts';
import type { StoredMessage, SystemMessage } from '#shared/data/chats/messages.ts';
import { deliverToChat } from '#shared/delivery/to-chat.ts';
import { toMessages } from './messages.ts';
import { nextNumber } from './next-number.ts';

/**
 * Changes a chat together with the system message that reports the change: `store` writes both or neither, and returns
 * its refusal if neither. Then delivers the message. Throws `not_a_participant` if the chat is gone.
 */
export async function storeSystemMessage<Refusal>(
  about: { chatId: string; userId: string } & SystemMessage,
  store: (message: StoredMessage) => Promise<Refusal | undefined>,
): Promise<Refusal | undefined> {
  const seq = await nextNumber(about.chatId);
  const message: StoredMessage = { ...about, seq, type: 'system', createdAt: new Date().toISOString() };
  // Made before it is stored, because nothing may fail after that.
  const [frame] = await toMessages([message]);
  const refusal = await store(message);
  if (refusal === undefined) await deliverToChat(frame as Message);
  return refusal;
}
