import { type Timer, times } from '../../client/realtime/times.ts';

/** Loads what belongs to an open chat, again and again until it succeeds. */
export class RepeatedLoad {
  private readonly load: () => Promise<void>;
  private timer: Timer;
  private stopped = false;

  constructor(load: () => Promise<void>) {
    this.load = load;
  }

  async start(): Promise<void> {
    clearTimeout(this.timer);
    if (this.stopped) return;
    try {
      await this.load();
    } catch {
      this.timer = setTimeout(() => void this.start(), times.repeat.max);
    }
  }

  /** Until the next start. */
  pause(): void {
    clearTimeout(this.timer);
  }

  stop(): void {
    this.stopped = true;
    this.pause();
  }
}
