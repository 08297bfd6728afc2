import type { Message } from '#shared/contract/chats/message.ts';

/**
 * What a client does with the frames of a chat: the rule of docs/api.md, without the connection. Whatever comes, in
 * whatever order and however often, the list is right in the end, if the client asks for what came after `cursor`
 * whenever it has connected, and while `behind` is true, after longer and longer waits.
 */
export class Reader {
  /** Up to here nothing is missing. */
  cursor = 0;
  private readonly sorted: Message[] = [];
  private readonly seqs = new Set<number>();
  private readonly ids = new Set<string>();

  /** Takes a message frame; one that it has already is dropped. */
  receive(message: Message): void {
    if (this.seqs.has(message.seq)) return;
    this.seqs.add(message.seq);
    this.ids.add(message.id);
    // Looked for from the end: nearly always it is the newest.
    const before = this.sorted.findLastIndex(({ seq }) => seq < message.seq);
    this.sorted.splice(before + 1, 0, message);
    this.advance();
  }

  /** Takes the `synced` frame that ends an answer. */
  synced(seq: number): void {
    this.cursor = Math.max(this.cursor, seq);
    this.advance();
  }

  /** Something is there that does not follow on what it has: ask again. */
  get behind(): boolean {
    return (this.sorted.at(-1)?.seq ?? 0) > this.cursor;
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  /** What the user sees, in order. */
  get messages(): readonly Message[] {
    return this.sorted;
  }

  private advance(): void {
    while (this.seqs.has(this.cursor + 1)) this.cursor++;
  }
}
