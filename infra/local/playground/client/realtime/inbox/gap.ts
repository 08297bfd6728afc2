import type { Timer } from '../times.ts';

interface Watched {
  /** Whether something is missing. */
  readonly behind: boolean;
}

/** Watches for missing numbers. What is missing may only be late, so it is requested after a wait, and again after others. */
export class Gap {
  private readonly watched: Watched;
  private readonly request: () => void;
  private readonly waitMs: (waits: number) => number;
  private waits = 0;
  private timer: Timer;

  /** `waitMs` gets the number of the waits before. */
  constructor(watched: Watched, waitMs: (waits: number) => number, request: () => void) {
    this.watched = watched;
    this.waitMs = waitMs;
    this.request = request;
  }

  /** Call this after each change of what is watched. */
  check(): void {
    if (!this.watched.behind) this.stop();
    else this.timer ??= setTimeout(() => this.requestAgain(), this.waitMs(this.waits++));
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
