import type { Outbox, Outgoing } from './outbox.ts';
import { type Timer, times } from './times.ts';

/** Refusals of a message that pass by themselves: it is sent again after a while. */
const passing = ['too_many_requests', 'unavailable', 'internal'];

interface Ways {
  /** Sends a frame, if there is a connection. */
  post(frame: { type: 'message'; content: string; clientId: string }): void;
  /** The outbox has changed. */
  onChange(): void;
}

/** Sends what is in the outbox, one message after the other, until each is stored or has failed. */
export class Sender {
  private readonly outbox: Outbox;
  private readonly ways: Ways;
  /** Of the message that is on its way. */
  private current: string | undefined;
  private timer: Timer;
  private stopped = false;
  private endedBy: string | undefined;

  constructor(outbox: Outbox, ways: Ways) {
    this.outbox = outbox;
    this.ways = ways;
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** The chat has ended by this problem: whatever is sent to it fails at once. */
  end(code: string): void {
    this.endedBy = code;
    this.changed();
  }

  add(content: string): void {
    this.enqueue(() => this.outbox.add(content));
  }

  retry(clientId: string): void {
    this.enqueue(() => this.outbox.retry(clientId));
  }

  /** They are in the chat. */
  stored(clientIds: string[]): void {
    for (const clientId of clientIds) this.outbox.stored(clientId);
    if (this.current && clientIds.includes(this.current)) this.transmit();
  }

  refused(clientId: string, code: string): void {
    if (!passing.includes(code)) this.fail(clientId, code);
  }

  /** Sends the next message, again if it was sent before: the same clientId makes no double. */
  transmit(): void {
    clearTimeout(this.timer);
    this.current = undefined;
    const { next } = this.outbox;
    if (!next || this.stopped) return;
    if (this.endedBy) this.fail(next.clientId, this.endedBy);
    else this.post(next);
  }

  private post(message: Outgoing): void {
    const { clientId, content, since } = message;
    this.current = clientId;
    this.ways.post({ type: 'message', content, clientId });
    this.timer = setTimeout(() => {
      if (Date.now() - since >= times.timeoutMs) this.fail(clientId, 'no_answer');
      else this.transmit();
    }, times.answer);
  }

  private fail(clientId: string, code: string): void {
    this.outbox.fail(clientId, code);
    this.changed();
  }

  /** If a message is on its way already, the others wait for it. */
  private enqueue(change: () => void): void {
    change();
    if (!this.current) this.transmit();
    this.ways.onChange();
  }

  private changed(): void {
    this.transmit();
    this.ways.onChange();
  }
}
