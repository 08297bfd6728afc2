import type { Api } from '../../rest/api.ts';
import { ApiProblem } from '../../rest/api-problem.ts';
import { type Frame, readFrame, type SyncedFrame } from '../frames.ts';
import type { Reader } from '../reader.ts';
import { backOff, jittered, settling, type Timer, times } from '../times.ts';
import { ChatSocket } from './chat-socket.ts';
import { Gap } from './gap.ts';
import { socketUrl } from './socket-url.ts';

/** What the connection is doing. */
export type ConnectionState =
  | { name: 'connecting' | 'catching up' | 'live' }
  /** `until` is in milliseconds since the epoch. */
  | { name: 'waiting'; until: number }
  /** A problem that reconnecting cannot solve: the user was signed out, removed or blocked. */
  | { name: 'ended'; code: string };

interface ConnectionOwner {
  api: Api;
  chatId: string;
  reader: Reader;
  /** Loads missed messages over REST into the reader. */
  loadMissed(): Promise<void>;
  /** From now on `loadMissed` begins anew. */
  onReset(): void;
  onFrame(frame: Frame): void;
  onState(): void;
}

/**
 * Keeps a chat connected. It works in rounds: load missed messages over REST, which also checks that the user may still
 * read the chat; open a socket; `sync`; live. When a step fails, it waits and starts a new round.
 */
export class Connection {
  state: ConnectionState = { name: 'connecting' };
  private readonly owner: ConnectionOwner;
  private readonly gaps: readonly Gap[];
  private socket: ChatSocket | undefined;
  private stopped = false;
  private failures = 0;
  private retryTimer: Timer;
  /** Runs while a `sync` has no answer. */
  private syncTimer: Timer;

  constructor(owner: ConnectionOwner) {
    this.owner = owner;
    const { reader } = owner;
    this.gaps = [
      new Gap(
        reader,
        (waits) => backOff(times.gap, waits),
        () => this.sync(),
      ),
      new Gap(reader.changes, settling, () => this.sync()),
    ];
  }

  get isLive(): boolean {
    return this.state.name === 'live';
  }

  stop(): void {
    this.stopped = true;
    this.disconnect();
  }

  /** The network or the user has returned: connects at once, or checks that the connection is still alive. */
  wake(): void {
    if (this.state.name === 'waiting') void this.connect();
    else if (this.isLive) this.socket?.ping();
  }

  /** The network has gone: connects anew, which may succeed, because a server on the same machine needs no network. */
  lost(): void {
    if (this.socket) this.connectLater();
  }

  /** Sends a frame. Returns false unless the chat is live. */
  post(frame: object): boolean {
    return this.isLive && this.socket?.ask(frame) === true;
  }

  /** Call this after each change of the reader. */
  checkGap(): void {
    if (this.isLive) for (const gap of this.gaps) gap.check();
  }

  /** Starts a round and ends the one before, if any. */
  async connect(): Promise<void> {
    const { api, chatId } = this.owner;
    this.disconnect();
    this.tell({ name: 'connecting' });
    try {
      await this.owner.loadMissed();
      if (this.stopped) return;
      // A ticket, because URLs end up in logs, and because REST gives a reason where a handshake only fails.
      const { ticket } = await api.createTicket(chatId);
      if (!this.stopped) this.open(socketUrl(api.wsUrl, chatId, `ticket=${ticket}&events=1`));
    } catch (error) {
      if (!this.stopped) this.fail(error);
    }
  }

  private fail(error: unknown): void {
    const refused = error instanceof ApiProblem ? error : undefined;
    if (refused?.final) this.tell({ name: 'ended', code: refused.code });
    else this.connectLater(refused?.retryAfter);
  }

  private open(url: string): void {
    this.socket = new ChatSocket(url, {
      onOpen: () => {
        this.tell({ name: 'catching up' });
        this.sync();
      },
      onData: (data) => this.receive(readFrame(data)),
      onDead: () => this.connectLater(),
    });
  }

  private receive(frame: Frame | undefined): void {
    // While catching up only `synced` is the answer, but each frame shows that the connection is alive.
    if (this.isLive || frame?.type === 'synced') this.socket?.answered();
    else this.socket?.expectAnswer();
    if (frame?.type === 'synced') this.synced(frame);
    else if (frame?.type === 'error' && frame.clientId === undefined) this.syncFailed();
    // Nothing but the `sync` was sent while catching up. Once live, it may be about another frame.
    else if (!this.isLive && (frame?.type === 'error' || frame?.type === 'unhandled')) this.syncFailed();
    else if (frame) this.owner.onFrame(frame);
  }

  /** One at a time, or the pages of two answers would be taken for those of one. */
  private sync(): void {
    if (this.syncTimer !== undefined) return;
    const { cursor, changes } = this.owner.reader;
    this.socket?.ask({ type: 'sync', after: cursor, ...changes.request });
    // Nothing is sent until the chat is live, so it must not wait forever for a lost `synced`, even if other frames come.
    this.syncTimer = setTimeout(() => this.syncFailed(), times.sync);
  }

  private synced({ seq, more, changes, reset }: SyncedFrame): void {
    this.endSync();
    if (reset) {
      this.owner.onReset();
      this.connectLater();
      return;
    }
    this.owner.reader.synced(seq);
    if (changes) this.owner.reader.changes.synced(changes);
    if (more || changes?.next !== undefined) this.sync();
    else if (!this.isLive) this.live();
    this.checkGap();
  }

  /** Once live, the gap timer repeats it. */
  private syncFailed(): void {
    this.endSync();
    this.owner.reader.changes.abandon();
    if (!this.isLive) this.connectLater();
  }

  private endSync(): void {
    clearTimeout(this.syncTimer);
    this.syncTimer = undefined;
  }

  private live(): void {
    this.failures = 0;
    this.tell({ name: 'live' });
  }

  /** `retryAfter` is in seconds. */
  private connectLater(retryAfter?: number): void {
    this.disconnect();
    const wait = retryAfter ? retryAfter * 1000 : jittered(times.reconnect, this.failures++);
    this.retryTimer = setTimeout(() => void this.connect(), wait);
    this.tell({ name: 'waiting', until: Date.now() + wait });
  }

  private disconnect(): void {
    this.socket?.close();
    this.socket = undefined;
    clearTimeout(this.retryTimer);
    this.endSync();
    this.owner.reader.changes.abandon();
    for (const gap of this.gaps) gap.stop();
  }

  private tell(state: ConnectionState): void {
    this.state = state;
    this.owner.onState();
  }
}
