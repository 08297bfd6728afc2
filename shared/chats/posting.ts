import type { Membership } from '#shared/data/chats/memberships.ts';
import { getPostingRules, type PostingRules, recordTurn } from '#shared/data/chats/posting.ts';
import { Problem } from '#shared/platform/problem.ts';
import { isDirectId } from './direct-id.ts';

/** Who may write in a chat, and how often. All but a lock binds only the members of a group, not its owner and admins. */

/**
 * Requires that the participant may write now. `turnFor` is the id of what they write: a retry of it does not wait for
 * itself. Throws `chat_locked`, `posting_restricted`, and `too_many_requests` in slow mode.
 */
export function requireMayPost(membership: Membership, rules: PostingRules, turnFor?: string): void {
  if (rules.lockedAt !== undefined) throw new Problem('chat_locked');
  if (membership.role !== 'member' || isDirectId(membership.chatId)) return;
  if (rules.posting === 'admins') throw new Problem('posting_restricted');
  if (turnFor !== undefined && turnFor === membership.turnFor) return;
  const { slowModeSeconds = 0 } = rules;
  const retryAfter = Math.ceil(((membership.turnAt ?? 0) - Date.now()) / 1000 + slowModeSeconds);
  if (retryAfter > 0) throw slowDown(Math.min(retryAfter, slowModeSeconds));
}

const slowDown = (retryAfter: number) =>
  new Problem('too_many_requests', { retryAfter, detail: 'This group is in slow mode. Wait before the next message.' });

/** `requireMayPost` under the rules as they are now, which it reads and returns. */
export async function requireMayPostNow(membership: Membership, turnFor?: string): Promise<PostingRules> {
  const rules = await getPostingRules(membership.chatId);
  requireMayPost(membership, rules, turnFor);
  return rules;
}

/**
 * Counts what a member is about to write in slow mode, so that of several at the same moment only one is written. Throws
 * `too_many_requests` and `not_a_participant`.
 */
export async function takeTurn(membership: Membership, rules: PostingRules, turnFor: string): Promise<void> {
  const { slowModeSeconds: seconds } = rules;
  if (membership.role !== 'member' || !seconds) return;
  const refusal = await recordTurn(membership.userId, membership.chatId, { turnFor, seconds });
  if (refusal) throw refusal === 'too early' ? slowDown(seconds) : new Problem('not_a_participant');
}
