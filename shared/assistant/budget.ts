import { days } from '#shared/contract/endpoint.ts';
import { type Reservation, reserveUse, settleUse, type UsedUp } from '#shared/data/limits.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { Problem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';

/** Replaces the reserved tokens by those that were used. */
export type Settle = (tokens: number) => Promise<void>;

const isReserved = (one: Reservation | UsedUp): one is Reservation => 'windowEnd' in one;
const isRefused = (one: Reservation | UsedUp): one is UsedUp => !isReserved(one);

/**
 * Reserves tokens in the daily budgets of the user, the chat and the whole stack, in all three or in none. A function that
 * dies leaves them reserved. Throws `assistant_budget_spent` if they do not fit.
 */
export async function reserveBudget(userId: string, chatId: string, tokens: number): Promise<Settle> {
  const { user, chat, stack } = settings.assistantBudget();
  const reserve = (per: string, who: string, allow: number) =>
    reserveUse(`assistant tokens:${per}`, who, tokens, { allow, within: days(1) });
  const results = await Promise.all([
    reserve('user', userId, user),
    reserve('chat', chatId, chat),
    reserve('stack', '', stack),
  ]);
  const reserved = results.filter(isReserved);
  const settle = async (used: number) => {
    await Promise.all(reserved.map((reservation) => settleUse(reservation, used)));
  };
  if (reserved.length < results.length) {
    await settle(0);
    throw spent(results.filter(isRefused));
  }
  return async (used) => {
    if (used > 0) countMetric('AssistantTokens', used);
    await settle(used);
  };
}

function spent(refusals: UsedUp[]): Problem {
  const retryAfter = Math.max(...refusals.map((refusal) => refusal.retryAfter));
  const reset = new Date(Date.now() + retryAfter * 1000).toISOString();
  return new Problem('assistant_budget_spent', {
    detail: `Today's token budget is used up until ${reset}.`,
    retryAfter,
  });
}
