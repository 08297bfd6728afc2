import type { Message } from '#shared/contract/chats/message.ts';

/**
 * Orders the messages of a chat by the rule in docs/api.md. Frames may arrive late, twice or in any order; the list is
 * complete in the end if the client requests the messages after `cursor` whenever it has connected, and repeatedly, with
 * growing waits, while `behind` is true.
 */
export class Reader {
  /** No message up to this number is missing. */
  cursor = 0;
  private readonly sorted: Message[] = [];
  private readonly seqs = new Set<number>();
  private readonly ids = new Set<string>();

  /** Adds a message unless it is already here. */
  receive(message: Message): void {
    if (this.seqs.has(message.seq)) return;
    this.seqs.add(message.seq);
    this.ids.add(message.id);
    // Searches from the end, because a new message nearly always belongs there.
    const before = this.sorted.findLastIndex(({ seq }) => seq < message.seq);
    this.sorted.splice(before + 1, 0, message);
    this.advance();
  }

  /** Handles the `synced` frame, which ends the answer to a `sync`. */
  synced(seq: number): void {
    this.cursor = Math.max(this.cursor, seq);
    this.advance();
  }

  /** Whether a message below the newest one is missing. */
  get behind(): boolean {
    return (this.sorted.at(-1)?.seq ?? 0) > this.cursor;
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  /** In order of their numbers. */
  get messages(): readonly Message[] {
    return this.sorted;
  }

  private advance(): void {
    while (this.seqs.has(this.cursor + 1)) this.cursor++;
  }
}
