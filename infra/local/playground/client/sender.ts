import type { Outbox, Outgoing } from './outbox.ts';
import { jittered, type Timer, times } from './times.ts';

/** Refusals after which the same message may succeed later, so it is repeated. */
const temporary = ['too_many_requests', 'unavailable', 'maintenance', 'internal'];

interface Transport {
  /** Sends a frame. Returns false if there is no connection. */
  post(frame: { type: 'message'; content: string; clientId: string }): boolean;
  /** Called after each change of the outbox. */
  onChange(): void;
}

/** Sends the messages of the outbox one after the other, until each is stored or has failed. */
export class Sender {
  private readonly outbox: Outbox;
  private readonly transport: Transport;
  /** The clientId of the message on its way. */
  private current: string | undefined;
  /** How often the message on its way was refused, and with which code at last. */
  private refusals = { count: 0, code: 'no_answer' };
  /** When a message was last stored, or there was a new connection, in milliseconds since the epoch. */
  private progressAt = 0;
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
    if (!this.current || !clientIds.includes(this.current)) return;
    this.progressAt = Date.now();
    this.transmit();
  }

  refused(clientId: string, code: string): void {
    if (!temporary.includes(code)) this.fail(clientId, code);
    else this.postponed(clientId, code);
  }

  /** API Gateway did not handle a frame. If it was another one than the message, repeating the message does no harm. */
  unhandled(): void {
    if (this.current) this.postponed(this.current, 'unavailable');
  }

  connected(): void {
    this.progressAt = Date.now();
    this.transmit();
  }

  disconnected(): void {
    if (this.current) this.outbox.mark(this.current, 'waiting');
  }

  /** Sends the next message. Sending it twice is safe, because the clientId stays the same. */
  transmit(): void {
    clearTimeout(this.timer);
    const { next } = this.outbox;
    if (next?.clientId !== this.current) this.refusals = { count: 0, code: 'no_answer' };
    this.current = undefined;
    if (!next || this.stopped) return;
    if (this.endedBy) this.fail(next.clientId, this.endedBy);
    else this.post(next);
  }

  private post(message: Outgoing): void {
    const { clientId, content } = message;
    this.current = clientId;
    const sent = this.transport.post({ type: 'message', content, clientId });
    this.outbox.mark(clientId, sent ? 'sending' : 'waiting');
    this.repeatAfter(times.answer, message);
    this.transport.onChange();
  }

  private postponed(clientId: string, code: string): void {
    const { next } = this.outbox;
    if (next?.clientId !== clientId) return;
    this.outbox.mark(clientId, 'waiting');
    // It ends when the operator ends it.
    if (code === 'maintenance') this.progressAt = Date.now();
    this.repeatAfter(jittered(times.repeat, this.refusals.count), next);
    this.refusals = { count: this.refusals.count + 1, code };
    this.transport.onChange();
  }

  /** Gives up when there was no progress for too long. */
  private repeatAfter(waitMs: number, { clientId, since }: Outgoing): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const isOverdue = Date.now() - Math.max(since, this.progressAt) >= times.timeoutMs;
      if (isOverdue) this.fail(clientId, this.refusals.code);
      else this.transmit();
    }, waitMs);
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
