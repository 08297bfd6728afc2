import { randomUUID } from 'node:crypto';
import type { QueueConfig } from '../cloudformation/queues.ts';

export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  /** Milliseconds since the epoch, as the following. */
  readonly sentAt: number;
  visibleAt: number;
  receivedAt: number | undefined;
  firstReceivedAt: number | undefined;
  receiveCount: number;
}

/** Milliseconds of this machine's time for seconds of AWS's. */
export type Scale = (seconds: number) => number;

/** An SQS queue. `changed` is called when something has become visible, now or later, or has gone. */
export class LocalQueue {
  config: QueueConfig;
  private readonly scale: Scale;
  private readonly changed: () => void;
  /** In the order in which they were sent. */
  private readonly messages = new Set<QueuedMessage>();

  constructor(config: QueueConfig, scale: Scale, changed: () => void) {
    this.config = config;
    this.scale = scale;
    this.changed = changed;
  }

  /** The messages in it, those that are invisible included. */
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

  /** Also takes what another queue gives up; it keeps its id and its age. */
  add(message: QueuedMessage): void {
    this.messages.add(message);
    this.changed();
  }

  /**
   * Up to `max` visible messages, which are invisible from now on until they are deleted or released. Those that were
   * received too often are handed to `giveUp` instead.
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

  /** Makes a message that was received visible again: when its visibility timeout is over, or `now`. */
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
