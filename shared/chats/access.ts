import { getMembership } from '#shared/data/memberships.ts';
import { Problem } from '#shared/platform/problem.ts';

/** Requires that the user may write to the chat now. Throws `not_a_participant` and `blocked`. */
export async function requireWriter(userId: string, chatId: string): Promise<void> {
  const membership = await getMembership(userId, chatId);
  if (!membership) throw new Problem('not_a_participant');
  if (membership.blocked) throw new Problem('blocked');
}
