import type { UnreadChat } from '#shared/contract/chats/list-unread.ts';
import type { Api } from '../../rest/api.ts';
import { ApiProblem } from '../../rest/api-problem.ts';
import { type Frame, readFrame } from '../frames.ts';
import { jittered, type Timer, times } from '../times.ts';
import { InboxSocket, type SocketEnd } from './inbox-socket.ts';
import { inboxUrl } from './inbox-url.ts';

/** What the inbox is doing. */
export type InboxState =
  | { name: 'connecting' | 'live' }
  /** `until` is in milliseconds since the epoch. */
  | { name: 'waiting'; until: number }
  /** A problem that reconnecting cannot solve: the user was signed out. */
  | { name: 'ended'; code: string };

export interface InboxListener {
  onFrame(frame: Frame): void;
  onState(): void;
}

/**
 * The one connection of a user: it receives the frames of all chats. It works in rounds: a ticket over REST; a socket; the
 * numbers of all chats over REST, which show what was missed before the socket opened; live. When a step fails, it waits and
 * starts a new round.
 */
export class Inbox {
  state: InboxState = { name: 'connecting' };
  /** The numbers of all chats from when the inbox last became live. */
  numbers: ReadonlyMap<string, UnreadChat> = new Map();
  readonly api: Api;
  private readonly userId: string;
  private readonly listeners = new Set<InboxListener>();
  private socket: InboxSocket | undefined;
  private stopped = false;
  private failures = 0;
  /** In milliseconds since the epoch. */
  private liveSince = Number.POSITIVE_INFINITY;
  private retryTimer: Timer;
  /** What is tried again after the wait. */
  private retry = (): void => {};

  constructor(api: Api, userId: string) {
    this.api = api;
    this.userId = userId;
  }

  get isLive(): boolean {
    return this.state.name === 'live';
  }

  /** Listeners are called in the order in which they subscribed. Returns a function that unsubscribes. */
  listen(listener: InboxListener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  start(): void {
    void this.connect();
  }

  stop(): void {
    this.stopped = true;
    this.listeners.clear();
    this.disconnect();
  }

  /** Call this when the network or the user returns: connects at once, or checks that the connection is still alive. */
  wake(): void {
    if (this.state.name === 'waiting') this.retry();
    else if (this.isLive) this.socket?.ping();
  }

  /** Gives up the connection for a new one, if there is one. */
  reconnect(): void {
    if (this.socket) this.connectLater();
  }

  /** Sends a frame that the server answers. Returns false unless the inbox is live. */
  ask(frame: object): boolean {
    return this.mayPost && this.socket?.ask(frame) === true;
  }

  /** Sends a frame that has no answer. */
  tell(frame: object): void {
    if (this.mayPost) this.socket?.tell(frame);
  }

  /** Somebody else may have signed in since. */
  private get mayPost(): boolean {
    return this.isLive && this.api.userId === this.userId;
  }

  /** Starts a round and ends the one before, if any. */
  private async connect(): Promise<void> {
    this.disconnect();
    this.change({ name: 'connecting' });
    try {
      // A ticket, because URLs end up in logs, and because REST gives a reason where a handshake only fails.
      const { ticket } = await this.api.createTicket();
      if (!this.stopped && this.api.userId === this.userId) this.open(inboxUrl(this.api.wsUrl, ticket));
    } catch (error) {
      if (!this.stopped) this.fail(error, () => void this.connect());
    }
  }

  private open(url: string): void {
    const socket = new InboxSocket(url, {
      onOpen: () => void this.compare(socket),
      onData: (data) => this.receive(readFrame(data)),
      onDead: (end) => (isEviction(end) ? void this.makeRoom() : this.connectLater()),
    });
    this.socket = socket;
  }

  /** The socket is open: whatever was missed is below these numbers, and whatever comes arrives as a frame. */
  private async compare(socket: InboxSocket): Promise<void> {
    clearTimeout(this.retryTimer);
    this.change({ name: 'connecting' });
    try {
      const { chats } = await this.api.chats.listUnread();
      if (this.socket !== socket) return;
      this.numbers = new Map(chats.map((chat) => [chat.chatId, chat]));
      this.liveSince = Date.now();
      this.change({ name: 'live' });
    } catch (error) {
      // Not with another handshake: when very many come back at once, it would keep others away.
      if (this.socket === socket) this.fail(error, () => void this.compare(socket));
    }
  }

  private receive(frame: Frame | undefined): void {
    if (frame) for (const listener of [...this.listeners]) listener.onFrame(frame);
  }

  private fail(error: unknown, retry: () => void): void {
    const refused = error instanceof ApiProblem ? error : undefined;
    if (refused?.final) this.end(refused.code);
    else this.retryLater(retry, refused?.retryAfter && refused.retryAfter * 1000);
  }

  private end(code: string): void {
    this.disconnect();
    this.change({ name: 'ended', code });
  }

  private connectLater(waitMs?: number): void {
    if (Date.now() - this.liveSince >= times.stable) this.failures = 0;
    this.disconnect();
    this.retryLater(() => void this.connect(), waitMs);
  }

  /**
   * The server closes the oldest inbox when there are too many. Those that came back at once would close each other again and
   * again. It also closes the inboxes of a session just before it ends it, which a ticket shows then or a little later.
   */
  private async makeRoom(): Promise<void> {
    this.connectLater(times.eviction.wait);
    const { state } = this;
    await this.checkSession(state);
    setTimeout(() => void this.checkSession(state), times.eviction.check);
  }

  /** Asks for a ticket only to see whether the session has ended, while the inbox waits. */
  private async checkSession(waiting: InboxState): Promise<void> {
    if (this.stopped || this.state !== waiting) return;
    try {
      await this.api.createTicket();
    } catch (error) {
      if (error instanceof ApiProblem && error.final && this.state === waiting) this.end(error.code);
    }
  }

  private retryLater(retry: () => void, waitMs = jittered(times.reconnect, this.failures++)): void {
    this.retry = retry;
    this.retryTimer = setTimeout(retry, waitMs);
    this.change({ name: 'waiting', until: Date.now() + waitMs });
  }

  private disconnect(): void {
    this.socket?.close();
    this.socket = undefined;
    this.liveSince = Number.POSITIVE_INFINITY;
    clearTimeout(this.retryTimer);
  }

  private change(state: InboxState): void {
    this.state = state;
    for (const listener of [...this.listeners]) listener.onState();
  }
}

const isEviction = ({ isClean, openMs }: SocketEnd): boolean => isClean && openMs < times.eviction.within;
