import type { searchMessages } from '#shared/contract/chats/search-messages.ts';
import type { ResponseOf } from '#shared/contract/endpoint.ts';
import type { Api } from '../../client/rest/api.ts';
import { ApiProblem } from '../../client/rest/api-problem.ts';
import type { SearchQuery } from '../../client/rest/chat-requests.ts';

export type SearchPage = ResponseOf<typeof searchMessages>;

/** How long to wait after a refusal that does not say how long, in seconds. */
const usualWait = 10;

/** Sends the requests of searches. The server takes 20 a minute: what it refuses is repeated when the server says. */
export class Searcher {
  /** When the search goes on that the server has refused for now, in milliseconds since the epoch. */
  waitsUntil: number | undefined;
  private readonly api: Api;
  private readonly onChange: () => void;
  private current = new AbortController();

  constructor(api: Api, onChange: () => void) {
    this.api = api;
    this.onChange = onChange;
  }

  /** What is under way ends without an answer: the user searches for something else. */
  drop(): void {
    this.current.abort();
    this.current = new AbortController();
  }

  /** Returns undefined if the search was dropped meanwhile. */
  async search(chatId: string, query: SearchQuery): Promise<SearchPage | undefined> {
    const { signal } = this.current;
    for (;;) {
      await this.turn(signal);
      if (signal.aborted) return undefined;
      try {
        const page = await this.api.chats.search(chatId, query);
        return signal.aborted ? undefined : page;
      } catch (error) {
        if (signal.aborted) return undefined;
        if (!(error instanceof ApiProblem) || error.status !== 429) throw error;
        this.waitsUntil = Date.now() + (error.retryAfter ?? usualWait) * 1000;
        this.onChange();
      }
    }
  }

  /** Also a search for something else waits: the limit is the user's. */
  private async turn(signal: AbortSignal): Promise<void> {
    while (this.waitsUntil !== undefined && !signal.aborted) {
      const waitMs = this.waitsUntil - Date.now();
      if (waitMs > 0) await sleep(waitMs, signal);
      else this.waitsUntil = undefined;
    }
  }
}

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
