import { times } from '../../client/realtime/times.ts';

/** Tells the others that the user is writing: when they begin, and again while they go on. */
export class TypingSignal {
  private readonly send: () => void;
  private sentAt = 0;

  constructor(send: () => void) {
    this.send = send;
  }

  /** The user has typed something. */
  typed(): void {
    if (Date.now() - this.sentAt < times.typing.repeat) return;
    this.sentAt = Date.now();
    this.send();
  }

  /** The message is sent: with the next one, the user begins anew. */
  sent(): void {
    this.sentAt = 0;
  }
}
