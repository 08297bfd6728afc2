import { reserveBudget } from '#shared/assistant/budget.ts';
import { oneOfThree } from '#shared/assistant/slots.ts';
import { suggestNext } from '#shared/assistant/suggest.ts';
import { recentMessages } from '#shared/assistant/transcript.ts';
import { requireParticipant } from '#shared/chats/access.ts';
import { listSuggestions } from '#shared/contract/ai/list-suggestions.ts';
import { assistantId } from '#shared/contract/chats/assistant-id.ts';
import { hasRecentDeletion } from '#shared/data/changes/log.ts';
import { getLastNumbers } from '#shared/data/chats/chats.ts';
import {
  deleteSuggestions,
  getSuggestions,
  type Suggestions,
  storeSuggestions,
} from '#shared/data/chats/suggestions.ts';
import { endpoint } from '#shared/lambda/endpoint.ts';

/** For the answer, milliseconds. */
const timeoutMs = 18_000;

export const handler = endpoint(listSuggestions, async ({ userId, query: { chatId } }) => {
  const deadline = Date.now() + timeoutMs;
  const [last, known] = await Promise.all([
    getLastNumbers(chatId),
    getSuggestions(chatId),
    requireParticipant(userId, chatId),
  ]);
  const isCurrent = known?.seq === last.seq && known.rev === last.rev;
  return { suggestions: shown(isCurrent ? known : await suggest(userId, { chatId, ...last }, deadline)) };
});

type State = Pick<Suggestions, 'chatId' | 'seq' | 'rev'>;

/** Makes suggestions once for each state of the chat. Until it changes, everybody gets the same ones. */
async function suggest(userId: string, state: State, deadline: number): Promise<Suggestions> {
  const { chatId } = state;
  const createdAt = new Date().toISOString();
  const messages = await recentMessages(chatId);
  if (!messages.some(({ type }) => type !== 'system')) return { ...state, texts: [], createdAt };
  const reserve = (tokens: number) => reserveBudget(userId, chatId, tokens);
  const texts = await oneOfThree(userId, () => suggestNext(messages, { deadline, reserve }));
  const suggestions = { ...state, texts, createdAt };
  await storeSuggestions(suggestions);
  // They may quote a message that was deleted meanwhile.
  if (await hasRecentDeletion(chatId)) await deleteSuggestions(chatId);
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
