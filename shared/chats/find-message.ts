import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import { findSent } from '#shared/data/chats/messages.ts';
import { Problem } from '#shared/platform/problem.ts';
import { seqOf } from './messages.ts';

/**
 * The number of the message with this id in this chat. An id holds its number, except that of an answer of the assistant,
 * which is found by its marker. Undefined for an id of another form or chat; the message itself may not exist.
 */
export const findSeq = async (chatId: string, messageId: string): Promise<number | undefined> =>
  seqOf(chatId, messageId) ?? (await findSent(chatId, assistantId, messageId));

/** `findSeq` that throws `message_not_found`. */
export async function requireSeq(chatId: string, messageId: string): Promise<number> {
  const seq = await findSeq(chatId, messageId);
  if (seq === undefined) throw new Problem('message_not_found');
  return seq;
}
