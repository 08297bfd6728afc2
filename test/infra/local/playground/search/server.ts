import type { Api } from '../../../../../infra/local/playground/client/rest/api.ts';
import { ApiProblem } from '../../../../../infra/local/playground/client/rest/api-problem.ts';
import type { SearchQuery } from '../../../../../infra/local/playground/client/rest/chat-requests.ts';
import type { SearchPage } from '../../../../../infra/local/playground/state/search/searcher.ts';

interface Asked extends SearchQuery {
  chatId: string;
  answer(page: SearchPage): void;
  refuse(error: unknown): void;
}

export const tooMany = (seconds: number) => new ApiProblem(429, { code: 'too_many_requests' }, seconds);

/** A server whose answers the test gives, to the searches in `asked`. */
export function newServer() {
  const asked: Asked[] = [];
  const search = (chatId: string, query: SearchQuery) => {
    const { promise, resolve: answer, reject: refuse } = Promise.withResolvers<SearchPage>();
    asked.push({ chatId, ...query, answer, refuse });
    return promise;
  };
  const listNearest = async (_chatId: string, seq: number) => ({
    messages: [{ createdAt: `2026-03-05T09:00:00.${String(seq).padStart(3, '0')}Z` }],
  });
  return { api: { chats: { search, listNearest } } as unknown as Api, asked };
}
