import { Reader } from '../../../infra/local/playground/client/realtime/reader.ts';
import { backOff, times } from '../../../infra/local/playground/client/realtime/times.ts';
import type { Json } from '../../support/api-client.ts';

/** Before it sends again what has no answer, milliseconds. */
const answerMs = 5000;

/** One room at a client of this backend, by the rules of docs/api.md for a client that loses nothing. */
export class RoomReader {
  private readonly reader = new Reader();
  private readonly post: (frame: object) => void;
  /** What was sent and has no echo yet, by clientId. */
  private readonly unacknowledged = new Map<string, () => void>();
  private caughtUp = () => {};
  /** Runs while a message below the newest one is missing: it may only be late. */
  private gapTimer: NodeJS.Timeout | undefined;
  private gapWaits = 0;

  /** `post` puts a frame on the wire if there is one. */
  constructor(post: (frame: object) => void) {
    this.post = post;
  }

  /** No message up to this number is missing. */
  get cursor(): number {
    return this.reader.cursor;
  }

  get received(): string[] {
    return this.reader.messages.filter(({ type }) => type === 'text').map(({ content }) => content);
  }

  /** Resolves when everything that was missed is there. */
  async sync(): Promise<void> {
    const caughtUp = new Promise<void>((resolve) => {
      this.caughtUp = resolve;
    });
    this.askForMissed();
    await this.untilAnswered(caughtUp, () => this.askForMissed());
  }

  /** Resolves with the echo. */
  async send(content: string): Promise<void> {
    const echo = new Promise<void>((resolve) => this.unacknowledged.set(content, resolve));
    this.sendAgain(content);
    await this.untilAnswered(echo, () => this.sendAgain(content));
  }

  /** Sends what has no echo yet: the connection is a new one. */
  sendUnacknowledged(): void {
    for (const clientId of this.unacknowledged.keys()) this.sendAgain(clientId);
  }

  take(frame: Json): void {
    if (frame.type === 'synced') {
      this.reader.synced(frame.seq);
      if (frame.more) this.askForMissed();
      else this.caughtUp();
    } else if (frame.seq !== undefined && frame.id !== undefined) {
      this.reader.receive(frame);
      this.unacknowledged.get(frame.clientId)?.();
      this.unacknowledged.delete(frame.clientId);
    }
    this.watchGap();
  }

  stop(): void {
    clearTimeout(this.gapTimer);
    this.gapTimer = undefined;
    this.gapWaits = 0;
  }

  private watchGap(): void {
    if (!this.reader.behind) this.stop();
    else this.gapTimer ??= setTimeout(() => this.askAgain(), backOff(times.gap, this.gapWaits++));
  }

  private askAgain(): void {
    this.gapTimer = undefined;
    this.askForMissed();
    this.watchGap();
  }

  private askForMissed(): void {
    this.post({ type: 'sync', after: this.reader.cursor });
  }

  private sendAgain(content: string): void {
    this.post({ type: 'message', content, clientId: content });
  }

  private async untilAnswered(answer: Promise<void>, again: () => void): Promise<void> {
    const timer = setInterval(again, answerMs);
    await answer;
    clearInterval(timer);
  }
}
