import type { Message } from '../../../shared/contract/messages.ts';

/**
 * What a client does with the frames of a chat: the rule of docs/api.md, without the connection. Whatever comes, in
 * whatever order and however often, the list is right in the end, if the client asks for what came after `cursor`
 * whenever it has connected, and while `behind` is true, after longer and longer waits.
 */
export class Reader {
  /** Up to here nothing is missing. */
  cursor = 0;
  private readonly bySeq = new Map<number, Message>();

  /** Takes a message frame; one that it has already is dropped. */
  receive(message: Message): void {
    this.bySeq.set(message.seq, this.bySeq.get(message.seq) ?? message);
    while (this.bySeq.has(this.cursor + 1)) this.cursor++;
  }

  /** Takes the `synced` frame that ends an answer. */
  synced(seq: number): void {
    this.cursor = Math.max(this.cursor, seq);
    while (this.bySeq.has(this.cursor + 1)) this.cursor++;
  }

  /** Something is there that does not follow on what it has: ask again. */
  get behind(): boolean {
    return Math.max(0, ...this.bySeq.keys()) > this.cursor;
  }

  /** What the user sees. */
  get messages(): Message[] {
    return [...this.bySeq.values()].sort((a, b) => a.seq - b.seq);
  }
}
