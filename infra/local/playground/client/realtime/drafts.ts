import { type Timer, times } from './times.ts';

/** Answers that the assistant is still writing, keyed by the id of the message that each becomes. */
export class Drafts {
  readonly texts = new Map<string, string>();
  private readonly onChange: () => void;
  private timer: Timer;

  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  add(messageId: string, delta: string): void {
    this.texts.set(messageId, (this.texts.get(messageId) ?? '') + delta);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.texts.clear();
      this.onChange();
    }, times.draft);
    this.onChange();
  }

  /** The finished message has arrived. */
  finish(messageId: string): void {
    if (this.texts.delete(messageId)) this.onChange();
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
