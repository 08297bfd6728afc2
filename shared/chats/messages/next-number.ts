import { getMembership } from '#shared/data/chats/memberships.ts';
import { type Numbered, type Numbering, takeNumber } from '#shared/data/chats/numbers.ts';
import { Problem } from '#shared/platform/problem.ts';

/**
 * The number of the chat's next message. Throws `not_a_participant` if the chat is gone or the writer has left it,
 * `blocked`, `chat_locked`, and `unavailable` while somebody is leaving: the writer, or the one whom the message reports as leaving. A
 * leave that broke off is forgotten after a minute.
 */
export async function nextNumber(chatId: string, numbering: Numbering): Promise<Numbered> {
  const numbered = await takeNumber(chatId, numbering);
  if (typeof numbered === 'object') return numbered;
  throw await refusedNumber(numbered, numbering.userId, chatId);
}

/** Why somebody gets no number for a message or a change. */
export async function refusedNumber(
  refusal: 'gone' | 'blocked' | 'locked' | 'leaving',
  userId: string,
  chatId: string,
): Promise<Problem> {
  if (refusal === 'blocked') return new Problem('blocked');
  if (refusal === 'locked') return new Problem('chat_locked');
  const isParticipant = refusal === 'leaving' && (await getMembership(userId, chatId));
  return isParticipant ? new Problem('unavailable', { retryAfter: 1 }) : new Problem('not_a_participant');
}
