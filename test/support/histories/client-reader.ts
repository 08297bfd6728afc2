import type { Message, Quote } from '#shared/contract/chats/message.ts';

/** A page of a chat, as `GET /chats/{chatId}/messages` returns it. */
interface Page {
  messages: Message[];
  rev: number;
  epoch: string;
}

/** How far an answer with changes goes: `synced`, or the answer of `GET /chats/{chatId}/changes`. */
export interface Answered {
  rev?: number;
  head?: number;
  more?: true;
  next?: number;
  reset?: true;
  epoch?: string;
}

type State = Pick<Message, 'deletedAt' | 'version'>;

/** A tombstone wins over everything else, then the higher version. */
const isNewer = (state: State, held: State): boolean =>
  held.deletedAt === undefined && (state.deletedAt !== undefined || (state.version ?? 0) > (held.version ?? 0));

function quoteOf({ id, seq, version = 0, userId, userName, content, type, deletedAt }: Message): Quote {
  return { messageId: id, seq, version, userId, userName, content, type, ...(deletedAt && { deletedAt }) };
}

/**
 * A client of one chat that follows the rules for messages that change. It learns of them by live frames, which may be
 * lost, late or doubled, and by asking for what it missed.
 */
export class ClientReader {
  /** No message up to this number is missing. */
  private seq = 0;
  /** Every change up to `rev` is known; undefined until the newest page is loaded. */
  private cursor: { rev: number; epoch: string } | undefined;
  private readonly states = new Map<string, Message>();
  /** The newest state of every message that was quoted or could be, also of those that are not held. */
  private readonly quotes = new Map<string, Quote>();
  /** Numbers of live changes above the cursor. */
  private readonly liveRevs = new Set<number>();
  /** Where the next page of changes begins, and the cursor after the last one. */
  private paging: { next: number; rev: number } | undefined;
  private head = 0;

  get isLoaded(): boolean {
    return this.cursor !== undefined;
  }

  /** Whether something is known to be missing, or not settled yet: ask once more after a minute. */
  get isBehind(): boolean {
    return this.liveRevs.size > 0 || this.head > (this.cursor?.rev ?? 0) || this.newestSeq > this.seq;
  }

  get oldestSeq(): number {
    return Math.min(...this.seqs());
  }

  /** What is shown: the messages in order, with the newest known state of what they quote. */
  get messages(): Message[] {
    return [...this.states.values()]
      .sort((a, b) => a.seq - b.seq)
      .map((message) => {
        const replyTo = message.replyTo && (this.quotes.get(message.replyTo.messageId) ?? message.replyTo);
        return replyTo ? { ...message, replyTo } : message;
      });
  }

  /** Fields of the next `sync` frame. */
  get request() {
    return { after: this.seq, ...this.cursor, ...(this.paging && { rev: this.paging.next }) };
  }

  /** Takes the newest page of the chat, whose `rev` is the cursor. */
  load({ messages, rev, epoch }: Page): void {
    const [oldest] = messages;
    for (const message of messages) this.receive(message);
    this.seq = Math.max(this.seq, (oldest?.seq ?? 1) - 1);
    this.cursor ??= { rev, epoch };
    this.advance();
  }

  forget(): void {
    this.states.clear();
    this.quotes.clear();
    this.liveRevs.clear();
    this.paging = undefined;
    this.cursor = undefined;
    this.seq = 0;
    this.head = 0;
  }

  /** A message of a frame or an answer. A late one may be older than what was loaded since. */
  receive(message: Message): void {
    const held = this.states.get(message.id);
    const isOlder = !held && message.seq <= this.seq;
    if (!isOlder && (!held || isNewer(message, held))) this.states.set(message.id, message);
    this.quote(quoteOf(message));
    if (message.replyTo) this.quote(message.replyTo);
    this.advance();
  }

  /** The new state of a message; `rev` is there in a live frame. */
  change(message: Message, rev?: number): void {
    const isOlder = !this.states.has(message.id) && message.seq < this.oldestSeq;
    if (isOlder) this.quote(quoteOf(message));
    else this.receive(message);
    if (rev !== undefined && rev > (this.cursor?.rev ?? 0)) this.liveRevs.add(rev);
    this.advance();
  }

  /** The end of an answer. Says whether to ask for the next page at once, or to forget the chat and load it anew. */
  answered({ rev, head, more, next, reset }: Answered, seq = this.seq): 'done' | 'more' | 'reset' {
    this.seq = Math.max(this.seq, seq);
    this.advance();
    if (reset) return 'reset';
    if (rev === undefined) return more ? 'more' : 'done';
    const settled = this.paging?.rev ?? rev;
    this.head = Math.max(this.head, head ?? 0);
    this.paging = next === undefined ? undefined : { next, rev: settled };
    if (next !== undefined) return 'more';
    if (this.cursor) this.cursor.rev = Math.max(this.cursor.rev, settled);
    this.advance();
    return 'done';
  }

  /** The rest of the pages will not come: the next request begins at the cursor. */
  interrupted(): void {
    this.paging = undefined;
  }

  private quote(quote: Quote): void {
    const held = this.quotes.get(quote.messageId);
    if (!held || isNewer(quote, held)) this.quotes.set(quote.messageId, quote);
  }

  private seqs(): number[] {
    return Array.from(this.states.values(), ({ seq }) => seq);
  }

  private get newestSeq(): number {
    return Math.max(0, ...this.seqs());
  }

  private advance(): void {
    const seqs = new Set(this.seqs());
    while (seqs.has(this.seq + 1)) this.seq++;
    if (!this.cursor) return;
    while (this.liveRevs.has(this.cursor.rev + 1)) this.cursor.rev++;
    for (const rev of this.liveRevs) if (rev <= this.cursor.rev) this.liveRevs.delete(rev);
  }
}
