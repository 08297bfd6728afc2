import { randomUUID } from 'node:crypto';
import type { QueueConfig } from '../cloudformation/queues.ts';

export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  /** Milliseconds since the epoch, like the fields below. */
  readonly sentAt: number;
  visibleAt: number;
  receivedAt: number | undefined;
  firstReceivedAt: number | undefined;
  receiveCount: number;
}

/** Converts seconds on AWS to milliseconds on this machine. */
export type Scale = (seconds: number) => number;

/** An SQS queue. `changed` is called when a message is added, becomes visible again or is removed. */
export class LocalQueue {
  config: QueueConfig;
  private readonly scale: Scale;
  private readonly changed: () => void;
  /** Oldest first. */
  private readonly messages = new Set<QueuedMessage>();

  constructor(config: QueueConfig, scale: Scale, changed: () => void) {
    this.config = config;
    this.scale = scale;
    this.changed = changed;
  }

  /** The messages in the queue, including invisible ones. */
  get size(): number {
    this.dropExpired();
    return this.messages.size;
  }

  send(body: string, delaySeconds: number): QueuedMessage {
    const now = Date.now();
    const received = { receivedAt: undefined, firstReceivedAt: undefined, receiveCount: 0 };
    const message = { id: randomUUID(), body, sentAt: now, visibleAt: now + this.scale(delaySeconds), ...received };
    this.add(message);
    return message;
  }

  /** Also takes a message that another queue gives up, which keeps its id and its age. */
  add(message: QueuedMessage): void {
    this.messages.add(message);
    this.changed();
  }

  /**
   * Returns up to `max` visible messages and makes them invisible until they are deleted or released. Messages that
   * were received too often go to `giveUp` instead.
   */
  receive(max: number, giveUp: (message: QueuedMessage) => void): QueuedMessage[] {
    this.dropExpired();
    const now = Date.now();
    const { maxReceiveCount = Number.POSITIVE_INFINITY } = this.config.redrive ?? {};
    const received: QueuedMessage[] = [];
    for (const message of this.messages) {
      if (received.length === max) break;
      if (message.visibleAt > now) continue;
      if (message.receiveCount >= maxReceiveCount) {
        this.messages.delete(message);
        giveUp(message);
        continue;
      }
      message.receiveCount++;
      message.receivedAt = now;
      message.firstReceivedAt ??= now;
      // Lambda takes no function that may run longer than the visibility timeout, so nothing is received while it is handled.
      message.visibleAt = Number.POSITIVE_INFINITY;
      received.push(message);
    }
    return received;
  }

  delete(message: QueuedMessage): void {
    this.messages.delete(message);
    this.changed();
  }

  /** Makes a received message visible again, after its visibility timeout or `now`. */
  release(message: QueuedMessage, when: 'now' | 'after the timeout' = 'after the timeout'): void {
    const timeoutMs = when === 'now' ? 0 : this.scale(this.config.visibilitySeconds);
    message.visibleAt = (message.receivedAt ?? 0) + timeoutMs;
    this.changed();
  }

  /** When the next message becomes visible; Infinity if all have been received. */
  nextVisibleAt(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { visibleAt } of this.messages) next = Math.min(next, visibleAt);
    return next;
  }

  private dropExpired(): void {
    const keptSince = Date.now() - this.config.retentionSeconds * 1000;
    for (const message of this.messages)
      if (message.sentAt < keptSince && message.visibleAt !== Number.POSITIVE_INFINITY) this.messages.delete(message);
  }
}
