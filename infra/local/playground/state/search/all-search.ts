import type { Message } from '#shared/contract/chats/message.ts';
import type { Api } from '../../client/rest/api.ts';
import { ApiProblem } from '../../client/rest/api-problem.ts';
import { Searcher, type SearchPage } from './searcher.ts';

/** The server takes 20 searches a minute: after so many chats, the user decides whether to go on. */
const maxChats = 10;
/** How many chats are searched at the same time. */
const concurrency = 3;
const hitsPerChat = 3;

/** What was found in a chat. */
interface FoundInChat {
  chatId: string;
  hits: readonly Message[];
  /** Whether the chat may have more hits. */
  hasMore: boolean;
}

/** The search in all chats, a few chats at a time. It calls `onChange` whenever a view of it is out of date. */
export class AllSearch {
  /** What was searched for. Empty if nothing was. */
  query = '';
  isSearching = false;
  error: unknown;
  private readonly onChange: () => void;
  private readonly searcher: Searcher;
  private chatIds: readonly string[] = [];
  /** The chats that were not searched yet. */
  private left: string[] = [];
  private pages = new Map<string, SearchPage>();

  constructor(api: Api, onChange: () => void) {
    this.onChange = onChange;
    this.searcher = new Searcher(api, onChange);
  }

  get waitsUntil(): number | undefined {
    return this.searcher.waitsUntil;
  }

  /** In the order of the chats. A chat that is so long that only a part was searched is among them without hits too. */
  get found(): FoundInChat[] {
    return this.chatIds.flatMap((chatId) => {
      const { messages: hits = [], searchedTo } = this.pages.get(chatId) ?? {};
      const hasMore = searchedTo !== undefined;
      return hits.length > 0 || hasMore ? [{ chatId, hits, hasMore }] : [];
    });
  }

  /** How many chats were not searched yet. */
  get leftCount(): number {
    return this.left.length;
  }

  /** Searches the first of these chats. */
  async search(query: string, chatIds: readonly string[]): Promise<void> {
    this.clear();
    this.query = query;
    this.chatIds = chatIds;
    this.left = [...chatIds];
    await this.further();
  }

  /** Searches the next chats. After a failure, tries the same ones again. */
  async further(): Promise<void> {
    const { pages } = this;
    if (this.isSearching) return;
    this.isSearching = true;
    this.error = undefined;
    this.onChange();
    const turn = this.left.splice(0, maxChats);
    await Promise.all(Array.from({ length: concurrency }, () => this.searchEach(turn)));
    // Another search is under way.
    if (pages !== this.pages) return;
    this.left.unshift(...turn);
    this.isSearching = false;
    this.onChange();
  }

  /** Forgets what was searched for. */
  clear(): void {
    this.searcher.drop();
    this.query = '';
    this.chatIds = [];
    this.left = [];
    this.pages = new Map();
    this.isSearching = false;
    this.error = undefined;
    this.onChange();
  }

  stop(): void {
    this.searcher.drop();
  }

  /** Takes chats from the list until it is empty or the search has failed. */
  private async searchEach(turn: string[]): Promise<void> {
    const { pages, query } = this;
    for (let chatId = turn.shift(); chatId !== undefined; chatId = this.error ? undefined : turn.shift()) {
      try {
        const page = await this.searcher.search(chatId, { q: query, limit: hitsPerChat });
        if (!page) return;
        pages.set(chatId, page);
      } catch (error) {
        // The user has left the chat.
        if (!(error instanceof ApiProblem && error.final)) {
          this.error = error;
          turn.unshift(chatId);
          return;
        }
      }
      this.onChange();
    }
  }
}
