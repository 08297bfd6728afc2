import type { Message } from '#shared/contract/chats/message.ts';
import { ChangeCursor } from './change-cursor.ts';
import { keepNewest, newer, quoting } from './states.ts';

/**
 * Orders the messages of a chat and keeps each in its newest state, by the rules in docs/api.md. Frames may arrive late,
 * twice or in any order; the list is complete in the end if the client sends `sync` with `cursor` and `changes.request`
 * whenever it has connected, and repeatedly, with growing waits, while `behind` is true.
 */
export class Reader {
  /** No message up to this number is missing. */
  cursor = 0;
  /** Up to which change each message is in its newest state. */
  readonly changes = new ChangeCursor();
  /** How often it has begun anew. */
  restarts = 0;
  private sorted: Message[] = [];
  private readonly seqs = new Set<number>();
  private readonly byId = new Map<string, Message>();
  /** Newer states of messages that are not here: they may be on their way, in a frame or a page with an older state. */
  private readonly early = new Map<string, Message>();

  /** Begins anew with the newest page, whose answer has this cursor over changes. */
  restart(messages: readonly Message[], rev: number, epoch: string): void {
    for (const all of [this.seqs, this.byId, this.early]) all.clear();
    this.sorted = [];
    this.restarts++;
    this.changes.restart(rev, epoch);
    // Older messages are history, loaded on demand: they are not missing.
    this.cursor = (messages[0]?.seq ?? 1) - 1;
    for (const message of messages) this.receive(message);
  }

  /** Adds a message from a page or a `message` frame. If it is here already, the newer state counts. */
  receive(message: Message): void {
    const held = this.byId.get(message.id) ?? this.early.get(message.id);
    this.put(held ? newer(held, message) : message);
  }

  /** Handles a message that has changed, with the `rev` of a live `changed` frame. It may be one that is not here yet. */
  changed(message: Message, rev?: number): void {
    if (this.isHistory(message)) keepNewest(this.early, message);
    else this.receive(message);
    const newest = this.get(message.id) ?? message;
    for (const one of this.sorted) this.replace(quoting(one, newest));
    if (rev !== undefined) this.changes.saw(rev);
  }

  /** Whether a message is older than those that are loaded. In the list it would be above a hole. */
  isHistory({ seq }: Message): boolean {
    return seq <= this.cursor && seq < (this.sorted[0]?.seq ?? Number.POSITIVE_INFINITY);
  }

  /** Forgets the oldest messages above `max`: they are history again. Above a hole it forgets none. */
  trim(max: number): void {
    const excess = this.sorted.slice(0, Math.max(0, this.sorted.length - max));
    const forgotten = excess.filter(({ seq }) => seq <= this.cursor);
    for (const { seq, id } of forgotten) {
      this.seqs.delete(seq);
      this.byId.delete(id);
    }
    this.sorted = this.sorted.slice(forgotten.length);
  }

  /** How many numbers after this one are history. */
  unloadedAfter(seq: number): number {
    return Math.max(0, (this.sorted[0]?.seq ?? 0) - seq - 1);
  }

  /** Handles the number of the `synced` frame, which ends the answer to a `sync`. */
  synced(seq: number): void {
    this.cursor = Math.max(this.cursor, seq);
    this.advance();
  }

  /** Whether a message below the newest one is missing. */
  get behind(): boolean {
    return (this.sorted.at(-1)?.seq ?? 0) > this.cursor;
  }

  has(id: string): boolean {
    return this.byId.has(id);
  }

  get(id: string): Message | undefined {
    return this.byId.get(id) ?? this.early.get(id);
  }

  /** Sorted by number. A message that changes becomes another object. */
  get messages(): readonly Message[] {
    return this.sorted;
  }

  private put(message: Message): void {
    const state = message.replyTo ? quoting(message, this.get(message.replyTo.messageId)) : message;
    if (this.seqs.has(message.seq)) this.replace(state);
    else this.add(state);
  }

  private add(message: Message): void {
    this.early.delete(message.id);
    this.seqs.add(message.seq);
    this.byId.set(message.id, message);
    // Searches from the end, because a new message nearly always belongs there.
    const before = this.sorted.findLastIndex(({ seq }) => seq < message.seq);
    this.sorted.splice(before + 1, 0, message);
    this.advance();
  }

  private replace(state: Message): void {
    const held = this.byId.get(state.id);
    if (!held || held === state) return;
    this.byId.set(state.id, state);
    this.sorted[this.sorted.indexOf(held)] = state;
  }

  private advance(): void {
    while (this.seqs.has(this.cursor + 1)) this.cursor++;
  }
}
