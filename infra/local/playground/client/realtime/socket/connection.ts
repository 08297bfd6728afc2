import type { Api } from '../../rest/api.ts';
import { ApiProblem } from '../../rest/api-problem.ts';
import { type Frame, readFrame } from '../frames.ts';
import type { Reader } from '../reader.ts';
import { jittered, type Timer, times } from '../times.ts';
import { ChatSocket } from './chat-socket.ts';
import { socketUrl } from './socket-url.ts';
import { Syncs } from './syncs.ts';

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
  readonly syncs: Syncs;
  private socket: ChatSocket | undefined;
  private stopped = false;
  private failures = 0;
  private retryTimer: Timer;

  constructor(owner: ConnectionOwner) {
    this.owner = owner;
    const isLive = () => this.isLive;
    this.syncs = new Syncs({
      reader: owner.reader,
      get isLive() {
        return isLive();
      },
      ask: (frame) => this.socket?.ask(frame),
      onSynced: () => this.isLive || this.live(),
      onFailed: () => this.isLive || this.connectLater(),
      onReset: () => {
        owner.onReset();
        // Soon and not at once: a server that says so each time must not be asked without end.
        this.connectLater();
      },
    });
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
        this.syncs.request();
      },
      onData: (data) => this.receive(readFrame(data)),
      onDead: () => this.connectLater(),
    });
  }

  private receive(frame: Frame | undefined): void {
    // While catching up only `synced` is the answer, but each frame shows that the connection is alive.
    if (this.isLive || frame?.type === 'synced') this.socket?.answered();
    else this.socket?.expectAnswer();
    if (frame?.type === 'synced') this.syncs.synced(frame);
    else if (frame?.type === 'error' && frame.clientId === undefined) this.syncs.failed();
    // Nothing but the `sync` was sent while catching up. Once live, it may be about another frame.
    else if (!this.isLive && (frame?.type === 'error' || frame?.type === 'unhandled')) this.syncs.failed();
    else if (frame) this.owner.onFrame(frame);
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
    this.syncs.stop();
  }

  private tell(state: ConnectionState): void {
    this.state = state;
    this.owner.onState();
  }
}
