import { takeNumber } from '#shared/data/chats/messages.ts';
import { Problem } from '#shared/platform/problem.ts';

/** The number of the chat's next message. Throws `not_a_participant` if the chat is gone. */
export async function nextNumber(chatId: string): Promise<number> {
  const seq = await takeNumber(chatId);
  if (seq === undefined) throw new Problem('not_a_participant');
  return seq;
}
