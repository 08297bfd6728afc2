import { areLost, areUploaded, type OutgoingFile } from '../files/outgoing-file.ts';
import { maxCharacters, tooLong } from './message-length.ts';
import { type Addressed, draftOf, type Outbox, type Outgoing, type Refusal, type Sent } from './outbox.ts';
import { jittered, type Timer, times } from './times.ts';

/** Refusals that pass with time. The message waits, and so do those after it, or they would overtake it. */
export const passing: readonly string[] = ['too_many_requests', 'unavailable', 'maintenance', 'switched_off'];

/** How often a message is sent that the server fails on. After that the message itself is taken for the cause. */
const maxFaults = 5;

interface Transport {
  /** Sends a frame. Returns false if there is no connection. */
  post(frame: Sent & { type: 'message' }): boolean;
  /** Called after each change of the outbox. */
  onChange(): void;
}

/**
 * Sends the messages of the outbox one after the other: the next one when the one before is stored or refused for good,
 * however long that takes. Frames that are on their way together may be stored in any order.
 */
export class Sender {
  private readonly outbox: Outbox;
  private readonly transport: Transport;
  /** The clientId of the message on its way. */
  private current: string | undefined;
  /** How often the message on its way was refused, and how often of these by a fault of the server. */
  private refusals = { count: 0, faults: 0 };
  /** The end of the wait that a refusal caused, in milliseconds since the epoch. */
  private notBefore = 0;
  private heldUntil = 0;
  private timer: Timer;
  private stopped = false;
  private endedBy: Refusal | undefined;

  constructor(outbox: Outbox, transport: Transport) {
    this.outbox = outbox;
    this.transport = transport;
  }

  /** Until when the server takes no message because it has had too many: milliseconds since the epoch, in the past if it does. */
  get heldBackUntil(): number {
    return this.current ? this.heldUntil : 0;
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** The chat has ended with this problem code: all messages to it fail at once. */
  end(code: string): void {
    this.endedBy = { code };
    this.changed();
  }

  /** The chat is there for the user, perhaps again. */
  resume(): void {
    if (!this.endedBy) return;
    this.endedBy = undefined;
    this.transmit();
  }

  add(content: string, addressed?: Addressed, files?: OutgoingFile[]): void {
    this.enqueue(() => this.outbox.add(content, addressed, files));
  }

  /** Takes a message back that was kept. Call this in the order in which they were written. */
  restore(message: Outgoing): void {
    this.enqueue(() => this.outbox.restore(message));
  }

  retry(clientId: string): void {
    this.enqueue(() => this.outbox.retry(clientId));
  }

  /** These messages are in the chat now, or the user has deleted them. */
  remove(clientIds: string[]): void {
    for (const clientId of clientIds) this.outbox.remove(clientId);
    if (this.current && clientIds.includes(this.current)) this.transmit();
  }

  /** The files of a message are uploaded. */
  uploaded(clientId: string): void {
    this.outbox.uploaded(clientId);
    const { next } = this.outbox;
    if (clientId === this.current && next?.state === 'waiting') this.transmit();
  }

  /** A file of a message can't be uploaded. */
  uploadRefused(clientId: string, refusal: Refusal): void {
    if (clientId === this.current) this.fail(clientId, refusal);
    else {
      this.outbox.fail(clientId, refusal);
      this.transport.onChange();
    }
  }

  /** The server refused a message. The answer to an earlier try of a message that is settled changes nothing. */
  refused(clientId: string, refusal: Refusal): void {
    if (clientId !== this.current) return;
    if (refusal.code === 'internal') this.refusals.faults++;
    const isFault = refusal.code === 'internal' && this.refusals.faults < maxFaults;
    if (isFault || passing.includes(refusal.code)) this.postpone(clientId, refusal);
    else this.fail(clientId, refusal);
  }

  /** API Gateway did not handle a frame. If it was another one than the message, repeating the message does no harm. */
  unhandled(): void {
    if (this.current) this.postpone(this.current, { code: 'unavailable' });
  }

  disconnected(): void {
    if (this.current) this.outbox.mark(this.current, 'waiting');
  }

  /** Sends the next message, or waits for its time and its files. Sending it twice is safe, because the clientId stays the same. */
  transmit(): void {
    clearTimeout(this.timer);
    const { next } = this.outbox;
    if (next?.clientId !== this.current) this.refusals = { count: 0, faults: 0 };
    this.current = next?.clientId;
    if (!next || this.stopped) return;
    const waitMs = this.notBefore - Date.now();
    const refusal = this.endedBy ?? refusalOf(next);
    if (refusal) this.fail(next.clientId, refusal);
    else if (!areUploaded(next.files)) this.transport.onChange();
    else if (waitMs > 0) this.transmitAfter(waitMs);
    else this.post(next);
  }

  private post(message: Outgoing): void {
    const sent = this.transport.post({ type: 'message', ...draftOf(message) });
    this.outbox.mark(message.clientId, sent ? 'sending' : 'waiting');
    this.transmitAfter(times.answer);
    this.transport.onChange();
  }

  private postpone(clientId: string, { code, retryAfter }: Refusal): void {
    this.outbox.mark(clientId, 'waiting');
    const waitMs = retryAfter ? retryAfter * 1000 : jittered(times.repeat, this.refusals.count++);
    this.notBefore = Math.max(this.notBefore, Date.now() + waitMs);
    if (code === 'too_many_requests') this.heldUntil = this.notBefore;
    this.transmitAfter(this.notBefore - Date.now());
    this.transport.onChange();
  }

  private transmitAfter(waitMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.transmit(), waitMs);
  }

  private fail(clientId: string, refusal: Refusal): void {
    this.outbox.fail(clientId, refusal);
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

/** Why a message is not sent at all. */
function refusalOf({ content, files, sendUntil }: Outgoing): Refusal | undefined {
  if (areLost(files)) return { code: 'files_lost' };
  if (tooLong(content)) return tooLongRefusal;
  return Date.now() > sendUntil ? { code: 'no_answer' } : undefined;
}

/** The server's own refusal. A longer frame could close the connection instead, again on every try. */
const tooLongRefusal: Refusal = {
  code: 'invalid_input',
  errors: [
    {
      path: 'content',
      message: `must have at most ${maxCharacters} characters`,
      rule: 'too_long',
      limit: maxCharacters,
    },
  ],
};
