import type { UnreadChat } from '#shared/contract/chats/list-unread.ts';
import { ApiProblem } from '../../rest/api-problem.ts';
import type { Frame } from '../frames.ts';
import type { Refusal } from '../outbox.ts';
import type { Reader } from '../reader.ts';
import { jittered, type Timer, times } from '../times.ts';
import type { Inbox } from './inbox.ts';
import { Syncs } from './syncs.ts';

/** What the connection of a chat is doing. */
export type ConnectionState =
  | { name: 'connecting' | 'catching up' | 'live' }
  /** `until` is in milliseconds since the epoch. */
  | { name: 'waiting'; until: number }
  /** A problem that waiting cannot solve: the user was signed out, removed or blocked. */
  | { name: 'ended'; code: string };

interface LinkOwner {
  inbox: Inbox;
  chatId: string;
  reader: Reader;
  /** Loads the newest page over REST, with which the reader begins anew. */
  loadNewest(): Promise<void>;
  /** Asks over REST whether the user is still in the chat. */
  requireMembership(): Promise<unknown>;
  onFrame(frame: Frame): void;
  onState(): void;
}

/** The problems that end a chat for the user. */
const endings = ['not_a_participant', 'blocked'];

/**
 * Keeps an open chat up to date over the inbox. It works in rounds: the newest page over REST, once; `sync`; live. When a step
 * fails, it waits and starts a new round. It also starts one when the inbox has been away and the chat's numbers differ.
 */
export class ChatLink {
  private own: ConnectionState = { name: 'connecting' };
  private readonly owner: LinkOwner;
  private readonly stopListening: () => void;
  readonly syncs: Syncs;
  /** How many rounds have begun. */
  rounds = 0;
  private loading = false;
  private loaded = false;
  /** It has been live since the newest page was loaded. */
  private hasSynced = false;
  private stopped = false;
  private failures = 0;
  /** How many times in a row a `sync` had no answer, not even a refusal. */
  private unanswered = 0;
  private retryTimer: Timer;

  constructor(owner: LinkOwner) {
    this.owner = owner;
    const { inbox, chatId } = owner;
    const isLive = () => this.state.name === 'live';
    this.syncs = new Syncs({
      reader: owner.reader,
      get isLive() {
        return isLive();
      },
      ask: (frame) => inbox.ask({ ...frame, chatId }),
      onSynced: () => isLive() || this.live(),
      onFailed: (refusal) => isLive() || this.syncFailed(refusal),
      onReset: () => {
        this.loaded = false;
        // Soon and not at once: a server that says so each time must not be asked without end.
        this.retryLater();
      },
    });
    this.stopListening = inbox.listen({
      onFrame: (frame) => this.receive(frame),
      onState: () => this.followInbox(),
    });
  }

  get state(): ConnectionState {
    const { state } = this.owner.inbox;
    return this.own.name === 'ended' || state.name === 'live' ? this.own : state;
  }

  /** Starts a round, unless one is under way. */
  async start(): Promise<void> {
    clearTimeout(this.retryTimer);
    if (this.loading) return;
    this.tell({ name: 'connecting' });
    if (!this.loaded && !(await this.load())) return;
    if (this.stopped || !this.owner.inbox.isLive) return;
    this.rounds++;
    this.tell({ name: 'catching up' });
    this.syncs.request();
  }

  stop(): void {
    this.stopped = true;
    this.stopListening();
    clearTimeout(this.retryTimer);
    this.syncs.stop();
  }

  /** Call this when the network or the user returns. */
  wake(): void {
    if (this.own.name === 'waiting') void this.start();
  }

  /** A problem that waiting cannot solve. */
  end(code: string): void {
    if (this.stopped || this.own.name === 'ended') return;
    clearTimeout(this.retryTimer);
    this.syncs.stop();
    this.tell({ name: 'ended', code });
  }

  /** Returns whether the newest page is there. */
  private async load(): Promise<boolean> {
    this.loading = true;
    try {
      await this.owner.loadNewest();
      this.loaded = true;
      this.hasSynced = false;
    } catch (error) {
      if (!this.stopped) this.fail(error);
    } finally {
      this.loading = false;
    }
    return this.loaded;
  }

  private followInbox(): void {
    const { inbox, chatId } = this.owner;
    if (this.own.name === 'ended') {
      // The user may have been added again, or a block may have ended, while the inbox was away.
      if (inbox.isLive && inbox.numbers.has(chatId)) void this.start();
    } else if (!inbox.isLive) {
      this.syncs.stop();
      this.tell({ name: 'connecting' });
    } else if (this.hasSynced && this.isCurrent(inbox.numbers.get(chatId))) this.live();
    else void this.start();
  }

  /** Whether nothing has happened in the chat since the last frame. */
  private isCurrent(numbers: UnreadChat | undefined): boolean {
    const { cursor, behind, changes } = this.owner.reader;
    if (!numbers || behind || changes.behind) return false;
    return numbers.epoch === changes.epoch && numbers.lastSeq <= cursor && numbers.lastRev <= changes.rev;
  }

  private receive(frame: Frame): void {
    if (frame.type === 'unhandled') {
      // Nobody knows which frame it was. Once live, a gap repeats a `sync`.
      if (this.state.name === 'catching up') this.syncs.failed({ code: 'unavailable' });
    } else if (frame.chatId !== this.owner.chatId || this.own.name === 'ended') return;
    else if (frame.type === 'synced') this.syncs.synced(frame);
    else if (frame.type === 'chat.removed') void this.checkMembership();
    else if (frame.type === 'error' && endings.includes(frame.refusal.code)) this.end(frame.refusal.code);
    else if (frame.type === 'error' && frame.clientId === undefined) this.syncs.failed(frame.refusal);
    else this.owner.onFrame(frame);
  }

  /** The frame does not say why. A direct chat that the user has removed from their list can still be read. */
  private async checkMembership(): Promise<void> {
    try {
      await this.owner.requireMembership();
    } catch (error) {
      if (error instanceof ApiProblem && error.final) this.end(error.code);
    }
  }

  private live(): void {
    this.failures = 0;
    this.unanswered = 0;
    this.hasSynced = true;
    this.tell({ name: 'live' });
  }

  private fail(error: unknown): void {
    const refused = error instanceof ApiProblem ? error : undefined;
    if (refused?.final) this.end(refused.code);
    else this.retryLater(refused?.retryAfter && refused.retryAfter * 1000);
  }

  private retryLater(waitMs = jittered(times.reconnect, this.failures++)): void {
    this.syncs.stop();
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.retry(), waitMs);
    this.tell({ name: 'waiting', until: Date.now() + waitMs });
  }

  private syncFailed(refusal: Refusal | undefined): void {
    if (!refusal) this.unanswered++;
    this.retryLater(refusal?.retryAfter && refusal.retryAfter * 1000);
  }

  /** When a second `sync` has no answer, it may be the connection that is broken, though other frames come. */
  private retry(): void {
    const { inbox } = this.owner;
    if (this.unanswered < 2 || !inbox.isLive) return void this.start();
    this.unanswered = 0;
    inbox.reconnect();
  }

  private tell(state: ConnectionState): void {
    this.own = state;
    this.owner.onState();
  }
}
