import { getMembership } from '#shared/data/chats/memberships.ts';
import { type Numbering, takeNumber } from '#shared/data/chats/numbers.ts';
import { Problem } from '#shared/platform/problem.ts';

/**
 * The number of the chat's next message. Throws `not_a_participant` if the chat is gone or the writer is leaving it,
 * `blocked`, and `unavailable` if a leave was recorded but broke off, which is forgotten after a minute.
 */
export async function nextNumber(chatId: string, numbering: Numbering): Promise<number> {
  const seq = await takeNumber(chatId, numbering);
  if (typeof seq === 'number') return seq;
  if (seq === 'blocked') throw new Problem('blocked');
  const stays = seq === 'leaving' && (await getMembership(numbering.userId, chatId));
  throw stays ? new Problem('unavailable', { retryAfter: 1 }) : new Problem('not_a_participant');
}
