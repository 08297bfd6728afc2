import type { Outbox, Outgoing } from './outbox.ts';
import { type Timer, times } from './times.ts';

/** Refusals after which the same message may succeed later, so it is sent again. */
const temporary = ['too_many_requests', 'unavailable', 'maintenance', 'internal'];

interface Transport {
  /** Sends a frame, if there is a connection. */
  post(frame: { type: 'message'; content: string; clientId: string }): void;
  /** Called after each change of the outbox. */
  onChange(): void;
}

/** Sends the messages of the outbox one after the other, until each is stored or has failed. */
export class Sender {
  private readonly outbox: Outbox;
  private readonly transport: Transport;
  /** The clientId of the message on its way. */
  private current: string | undefined;
  private timer: Timer;
  private stopped = false;
  private endedBy: string | undefined;

  constructor(outbox: Outbox, transport: Transport) {
    this.outbox = outbox;
    this.transport = transport;
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** The chat has ended with this problem code: all messages to it fail at once. */
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

  /** These messages are in the chat now. */
  stored(clientIds: string[]): void {
    for (const clientId of clientIds) this.outbox.stored(clientId);
    if (this.current && clientIds.includes(this.current)) this.transmit();
  }

  refused(clientId: string, code: string): void {
    if (!temporary.includes(code)) this.fail(clientId, code);
  }

  /** Sends the next message. Sending it twice is safe, because the clientId stays the same. */
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
    this.transport.post({ type: 'message', content, clientId });
    this.timer = setTimeout(() => {
      if (Date.now() - since >= times.timeoutMs) this.fail(clientId, 'no_answer');
      else this.transmit();
    }, times.answer);
  }

  private fail(clientId: string, code: string): void {
    this.outbox.fail(clientId, code);
    this.changed();
  }

  /** A message on its way goes first. */
  private enqueue(change: () => void): void {
    change();
    if (!this.current) this.transmit();
    this.transport.onChange();
  }

  private changed(): void {
    this.transmit();
    this.transport.onChange();
  }
}
