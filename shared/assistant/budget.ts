import { days } from '#shared/contract/endpoint.ts';
import { addUse, getUse } from '#shared/data/limits.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { Problem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';

const what = { user: 'assistant tokens:user', chat: 'assistant tokens:chat' };

/** Throws `assistant_budget_spent` if the user or the chat has used up its tokens for the day. */
export async function requireBudget(userId: string, chatId: string): Promise<void> {
  const { user, chat } = settings.assistantBudget();
  const [byUser, inChat] = await Promise.all([getUse(what.user, userId), getUse(what.chat, chatId)]);
  const spent = [byUser.used >= user && byUser, inChat.used >= chat && inChat].filter((one) => one !== false);
  if (spent.length === 0) return;
  const reset = Math.max(...spent.map(({ windowEnd }) => windowEnd));
  throw new Problem('assistant_budget_spent', {
    detail: `Today's token budget is used up until ${new Date(reset).toISOString()}.`,
    retryAfter: Math.max(1, Math.ceil((reset - Date.now()) / 1000)),
  });
}

/** Charges an answer to both the user and the chat. */
export async function chargeBudget(userId: string, chatId: string, tokens: number): Promise<void> {
  countMetric('AssistantTokens', tokens);
  await Promise.all([addUse(what.user, userId, tokens, days(1)), addUse(what.chat, chatId, tokens, days(1))]);
}
