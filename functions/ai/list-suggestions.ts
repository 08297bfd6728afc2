import { chargeBudget, requireBudget } from '#shared/assistant/budget.ts';
import { suggestNext } from '#shared/assistant/suggest.ts';
import { recentMessages } from '#shared/assistant/transcript.ts';
import { listSuggestions } from '#shared/contract/ai/list-suggestions.ts';
import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import { getLastSeq } from '#shared/data/chats.ts';
import { getMembership } from '#shared/data/memberships.ts';
import { getSuggestions, type Suggestions, storeSuggestions } from '#shared/data/suggestions.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';
import { Problem } from '#shared/platform/problem.ts';

/** How long the answer may take, milliseconds. */
const timeoutMs = 18_000;

export const handler = endpoint(listSuggestions, async ({ userId, query: { chatId } }) => {
  const deadline = Date.now() + timeoutMs;
  const [membership, seq, known] = await Promise.all([
    getMembership(userId, chatId),
    getLastSeq(chatId),
    getSuggestions(chatId),
  ]);
  if (!membership) throw new Problem('not_a_participant');
  return { suggestions: shown(known?.seq === seq ? known : await suggest(userId, chatId, seq, deadline)) };
});

/** Makes suggestions once for a state of the chat. Everybody who asks until it changes gets the same ones. */
async function suggest(userId: string, chatId: string, seq: number, deadline: number): Promise<Suggestions> {
  const createdAt = new Date().toISOString();
  const messages = await recentMessages(chatId);
  if (!messages.some(({ type }) => type !== 'system')) return { chatId, seq, texts: [], createdAt };
  await requireBudget(userId, chatId);
  const texts = await suggestNext(messages, deadline, (tokens) => chargeBudget(userId, chatId, tokens));
  const suggestions = { chatId, seq, texts, createdAt };
  await storeSuggestions(suggestions);
  return suggestions;
}

const shown = ({ chatId, seq, texts, createdAt }: Suggestions) =>
  texts.map((content, n) => ({
    id: `${chatId}-${seq}-${n + 1}`,
    chatId,
    userId: assistantId,
    content,
    type: 'ai' as const,
    createdAt,
  }));
