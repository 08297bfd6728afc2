import type { Reader } from '../reader.ts';
import { backOff, type Timer, times } from '../times.ts';

/** Watches for missing numbers. A message may only be late, so it is requested after a short wait, then less and less often. */
export class Gap {
  private readonly reader: Reader;
  private readonly request: () => void;
  private waits = 0;
  private timer: Timer;

  constructor(reader: Reader, request: () => void) {
    this.reader = reader;
    this.request = request;
  }

  /** Call this after each change of the reader. */
  check(): void {
    if (!this.reader.behind) this.stop();
    else this.timer ??= setTimeout(() => this.requestAgain(), backOff(times.gap, this.waits++));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waits = 0;
  }

  private requestAgain(): void {
    this.timer = undefined;
    this.request();
    // Also without an answer, because the request may be refused.
    this.check();
  }
}
