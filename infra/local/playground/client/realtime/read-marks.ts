import { ApiProblem } from '../rest/api-problem.ts';
import { type Timer, times } from './times.ts';

/**
 * Tells the server how far the user has read: at once, then at most once in five seconds, and when they leave. What could
 * not be sent is sent again, also after the user has left.
 */
export class ReadMarks {
  private readonly post: (seq: number) => Promise<unknown>;
  /** The highest number that the user has read, and the highest that the server knows. */
  private seen = 0;
  private known = 0;
  private timer: Timer;
  /** The newest attempt. */
  private sending: Promise<void> = Promise.resolve();

  /** `post` sends a mark. A rejection with a final `ApiProblem` ends the attempts, any other is followed by another one. */
  constructor(post: (seq: number) => Promise<unknown>) {
    this.post = post;
  }

  /** The highest number that the user has read, on any device as far as known. */
  get highest(): number {
    return Math.max(this.seen, this.known);
  }

  /** The server has this mark already. */
  learn(seq: number): void {
    this.known = Math.max(this.known, seq);
  }

  /** The user has read up to a message of somebody else. */
  read(seq: number): void {
    this.seen = Math.max(this.seen, seq);
    if (this.timer === undefined) void this.flush();
  }

  /** Sends what was not sent yet: the user leaves the chat or the page. Resolves after the answer, also without one. */
  flush(): Promise<void> {
    if (this.seen > this.known) this.sending = this.send(this.seen, this.known);
    return this.sending;
  }

  private async send(seen: number, known: number): Promise<void> {
    this.known = seen;
    this.flushLater();
    try {
      await this.post(seen);
    } catch (error) {
      if (error instanceof ApiProblem && error.final) return;
      if (this.known === seen) this.known = known;
      this.flushLater();
    }
  }

  private flushLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, times.readMark);
  }
}
