import type { Chat } from '#shared/contract/chats/chat.ts';
import type { SyncedFrame } from '../frames.ts';
import type { Refusal } from '../outbox.ts';
import type { Reader } from '../reader.ts';
import { backOff, settling, type Timer, times } from '../times.ts';
import { Gap } from './gap.ts';

interface SyncOwner {
  reader: Reader;
  /** Whether the first answer is complete. */
  readonly isLive: boolean;
  ask(frame: object): void;
  /** An answer is complete. */
  onSynced(): void;
  /** The server has refused, or has not answered. */
  onFailed(refusal?: Refusal): void;
  /** Numbers and messages must be loaded anew. */
  onReset(): void;
}

/** Asks over the inbox for missed messages and changes of a chat: before it is live, and then when some are missing. */
export class Syncs {
  private readonly owner: SyncOwner;
  private readonly gaps: readonly Gap[];
  /** Runs while a `sync` has no answer. */
  private timer: Timer;

  constructor(owner: SyncOwner) {
    this.owner = owner;
    const { reader } = owner;
    this.gaps = [
      new Gap(
        reader,
        (waits) => backOff(times.gap, waits),
        () => this.request(),
      ),
      new Gap(reader.changes, settling, () => this.request()),
    ];
  }

  /** One at a time, or the pages of two answers would be taken for those of one. */
  request(): void {
    if (this.timer !== undefined) return;
    const { cursor, changes } = this.owner.reader;
    this.owner.ask({ type: 'sync', after: cursor, ...changes.request });
    // Nothing is sent until the chat is live, so it must not wait forever for a lost `synced`, even if other frames come.
    this.timer = setTimeout(() => this.failed(), times.sync);
  }

  synced({ seq, more, changes, reset }: SyncedFrame): void {
    this.end();
    const { reader } = this.owner;
    if (reset) {
      this.owner.onReset();
      return;
    }
    reader.synced(seq);
    if (changes) reader.changes.synced(changes);
    if (more || changes?.next !== undefined) this.request();
    else this.owner.onSynced();
    this.check();
  }

  /** The server has refused, or has not answered for too long. Once live, a gap repeats the request. */
  failed(refusal?: Refusal): void {
    this.end();
    this.owner.reader.changes.abandon();
    this.owner.onFailed(refusal);
  }

  /** What the list of chats says: how many changes there are, and with which table the numbers belong. */
  hear({ lastRev, epoch }: Pick<Chat, 'lastRev' | 'epoch'>): void {
    const { changes } = this.owner.reader;
    if (!this.owner.isLive || changes.epoch === undefined) return;
    if (epoch === changes.epoch) changes.hear(lastRev);
    else this.owner.onReset();
    this.check();
  }

  /** Call this after each change of the reader. */
  check(): void {
    if (this.owner.isLive) for (const gap of this.gaps) gap.check();
  }

  /** The inbox is away. */
  stop(): void {
    this.end();
    this.owner.reader.changes.abandon();
    for (const gap of this.gaps) gap.stop();
  }

  private end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
