import type { Reader } from './reader.ts';
import { longer, type Timer, times } from './times.ts';

/** Watches for a number that is missing. Its message may be a moment late: it is asked for after a moment, then ever more rarely. */
export class Gap {
  private readonly reader: Reader;
  private readonly ask: () => void;
  private waits = 0;
  private timer: Timer;

  constructor(reader: Reader, ask: () => void) {
    this.reader = reader;
    this.ask = ask;
  }

  /** The reader has changed. */
  look(): void {
    if (!this.reader.behind) this.stop();
    else this.timer ??= setTimeout(() => this.askAgain(), longer(times.askAgain, this.waits++));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waits = 0;
  }

  private askAgain(): void {
    this.timer = undefined;
    this.ask();
    // Not only when an answer has come: the question may be refused.
    this.look();
  }
}
