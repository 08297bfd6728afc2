/** The cursor over the changes of a chat, by the rules in docs/api.md. */

/** How far the answer to a `sync` goes, as the `synced` frame says. */
export interface ChangePage {
  rev: number;
  head: number;
  next?: number | undefined;
}

/** Up to which change a client has every message in its newest state. */
export class ChangeCursor {
  /** Says with which table the numbers belong; undefined before the first page of messages. */
  epoch: string | undefined;
  /** Every change up to this number is here. */
  rev = 0;
  /** The newest change that the client has heard of. */
  private head = 0;
  /** The numbers of live changes above the cursor. */
  private readonly seen = new Set<number>();
  /** While an answer comes in several pages: after which change the next one begins, and the cursor after the last one. */
  private page: { next: number; rev: number } | undefined;

  /** Begins anew with what came beside the newest page of messages. */
  restart(rev: number, epoch: string): void {
    this.epoch = epoch;
    this.rev = rev;
    this.head = rev;
    this.seen.clear();
    this.page = undefined;
  }

  /** What a `sync` says about changes: nothing before the first page of messages. */
  get request(): { rev?: number; epoch?: string } {
    return this.epoch === undefined ? {} : { rev: this.page?.next ?? this.rev, epoch: this.epoch };
  }

  /** A live change has arrived. */
  saw(rev: number): void {
    this.hear(rev);
    if (rev > this.rev) this.seen.add(rev);
    this.advance(this.rev);
  }

  /** The chat has had this many changes. */
  hear(head: number): void {
    this.head = Math.max(this.head, head);
  }

  /** Handles the end of a page. While there is `next`, ask for another one at once. */
  synced({ rev, head, next }: ChangePage): void {
    this.hear(head);
    // The first page's: a message that changes meanwhile moves behind it, to where the next answer begins.
    const cursor = this.page?.rev ?? rev;
    this.page = next === undefined ? undefined : { next, rev: cursor };
    if (!this.page) this.advance(cursor);
  }

  /** No more pages of an answer will come. The next answer begins at the cursor again. */
  abandon(): void {
    this.page = undefined;
  }

  /** Whether changes may be missing: ask in a minute, when all up to now have settled. */
  get behind(): boolean {
    return this.head > this.rev;
  }

  /** Never back. */
  private advance(rev: number): void {
    this.rev = Math.max(this.rev, rev);
    while (this.seen.has(this.rev + 1)) this.rev++;
    for (const seen of this.seen) if (seen <= this.rev) this.seen.delete(seen);
  }
}
