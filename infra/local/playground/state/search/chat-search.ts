import type { Message } from '#shared/contract/chats/message.ts';
import type { Timer } from '../../client/realtime/times.ts';
import type { Api } from '../../client/rest/api.ts';
import { Searcher } from './searcher.ts';

/** The search begins when the user has not typed for so long. */
const pauseMs = 500;
/** Less than this is searched for only when the user says so. Characters. */
const minTyped = 2;
const pageSize = 30;

/** How far back the messages have been searched. */
interface Reached {
  seq: number;
  /** When the message with this number was sent; undefined until that is known. */
  time: string | undefined;
}

/** The search in one chat. It calls `onChange` whenever a view of it is out of date. */
export class ChatSearch {
  /** What the box contains. */
  text = '';
  /** What the hits were searched for. */
  query = '';
  /** Only messages of this author: a user's id, or the assistant's. */
  author: string | undefined;
  /** The newest first. */
  hits: readonly Message[] = [];
  /** The id of the hit to which the user has gone last. */
  chosen: string | undefined;
  /** Undefined if the whole chat was searched. */
  reached: Reached | undefined;
  isSearching = false;
  error: unknown;
  private readonly api: Api;
  private readonly chatId: string;
  private readonly onChange: () => void;
  private readonly searcher: Searcher;
  private timer: Timer;

  constructor(api: Api, chatId: string, onChange: () => void) {
    this.api = api;
    this.chatId = chatId;
    this.onChange = onChange;
    this.searcher = new Searcher(api, onChange);
  }

  get waitsUntil(): number | undefined {
    return this.searcher.waitsUntil;
  }

  /** Whether the hits are those of the text in the box. */
  get isCurrent(): boolean {
    return this.query !== '' && this.query === this.text.trim();
  }

  /** The user types: the search begins after a pause. */
  write(text: string): void {
    clearTimeout(this.timer);
    this.text = text;
    const typed = text.trim();
    if (typed === '') this.begin('');
    else if (typed !== this.query && typed.length >= minTyped) this.timer = setTimeout(() => this.search(), pauseMs);
    this.onChange();
  }

  /** Searches for what is in the box. */
  async search(text = this.text): Promise<void> {
    this.text = text;
    this.begin(text.trim());
    await this.load();
  }

  /** Searches anew for messages of this author, or of anybody. */
  async searchBy(author: string | undefined): Promise<void> {
    this.author = author;
    await this.search();
  }

  /** Searches messages that are older than those searched so far. After a failure, tries the same again. */
  async further(): Promise<void> {
    if (!this.isSearching) await this.load();
  }

  choose({ id }: Message): void {
    this.chosen = id;
    this.onChange();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.searcher.drop();
    // Nothing was found yet: Enter begins again.
    if (this.isSearching && !this.reached) this.query = '';
    this.isSearching = false;
  }

  private begin(query: string): void {
    this.stop();
    this.query = query;
    this.hits = [];
    this.chosen = undefined;
    this.reached = undefined;
    this.error = undefined;
  }

  private async load(): Promise<void> {
    const { query, author, reached } = this;
    this.isSearching = query !== '';
    this.error = undefined;
    this.onChange();
    if (query === '') return;
    try {
      const page = await this.searcher.search(this.chatId, {
        q: query,
        from: author,
        before: reached?.seq,
        limit: pageSize,
      });
      // Another search is under way.
      if (!page) return;
      this.hits = [...this.hits, ...page.messages];
      this.reached = page.searchedTo === undefined ? undefined : this.reachedAt(page.searchedTo);
    } catch (error) {
      this.error = error;
    }
    this.isSearching = false;
    this.onChange();
    if (this.reached && !this.reached.time) await this.loadTime(this.reached);
  }

  private reachedAt(seq: number): Reached {
    return { seq, time: this.hits.findLast((hit) => hit.seq === seq)?.createdAt };
  }

  /** The search has ended between two hits: only the message there knows its time. */
  private async loadTime(reached: Reached): Promise<void> {
    const { messages } = await this.api.chats.listNearest(this.chatId, reached.seq).catch(() => ({ messages: [] }));
    reached.time = messages[0]?.createdAt;
    if (this.reached === reached) this.onChange();
  }
}
