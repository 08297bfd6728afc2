import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import { findSent, getMessage, type StoredMessage } from '#shared/data/chats/messages.ts';
import { seqOf } from './message-ids.ts';

/** The number of the message with this id in the chat. An assistant's answer has an id of its own, and a marker. */
export async function findSeq(chatId: string, messageId: string): Promise<number | undefined> {
  return seqOf(chatId, messageId) ?? (await findSent(chatId, assistantId, messageId));
}

/** The message with this id in the chat. */
export async function findMessage(chatId: string, messageId: string): Promise<StoredMessage | undefined> {
  const seq = await findSeq(chatId, messageId);
  return seq === undefined ? undefined : getMessage(chatId, seq);
}
