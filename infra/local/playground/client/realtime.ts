import type { Message } from '#shared/contract/chats/message.ts';
import type { Api } from './api.ts';
import { ApiProblem } from './api-problem.ts';
import { ChatSocket } from './chat-socket.ts';
import { Drafts } from './drafts.ts';
import { readFrame } from './frames.ts';
import { Gap } from './gap.ts';
import type { Outbox } from './outbox.ts';
import { Pages } from './pages.ts';
import { Reader } from './reader.ts';
import { Sender } from './sender.ts';
import { socketUrl } from './socket-url.ts';
import { jittered, type Timer, times } from './times.ts';

/** What the connection is doing. */
export type ConnectionState =
  | { name: 'connecting' | 'catching up' | 'live' }
  /** `until` is in milliseconds since the epoch. */
  | { name: 'waiting'; until: number }
  /** A problem that reconnecting cannot solve: the user was signed out, removed or blocked. */
  | { name: 'ended'; code: string };

interface ChatKey {
  chatId: string;
  userId: string;
  /** Outlives this client: messages left in it go out when the chat is opened again. */
  outbox: Outbox;
}

export interface ChatListener {
  /** Messages, the outbox or the read marks have changed. */
  onMessages(): void;
  onDrafts(): void;
  onState(): void;
}

/**
 * The reference client of one chat. On any network its list of messages is complete, in order and without duplicates,
 * and each message sent is stored once. It has no user interface, so that it can be ported: docs/flutter.md is a port.
 *
 * It connects in rounds: load missed messages over REST, which also checks that the user may still read the chat; open a
 * socket; `sync`; live. When a step fails, it waits and starts a new round.
 */
export class ChatRealtime {
  readonly reader = new Reader();
  readonly drafts: Drafts;
  /** The number up to which each participant has read, as far as known. */
  readonly reads = new Map<string, number>();
  readonly outbox: Outbox;
  state: ConnectionState = { name: 'connecting' };
  private readonly api: Api;
  private readonly chatId: string;
  private readonly userId: string;
  private readonly listener: ChatListener;
  private readonly pages: Pages;
  private readonly sender: Sender;
  private readonly gap = new Gap(this.reader, () => this.sync());
  private socket: ChatSocket | undefined;
  private stopped = false;
  private failures = 0;
  private retryTimer: Timer;
  private syncTimer: Timer;

  constructor(api: Api, { chatId, userId, outbox }: ChatKey, listener: ChatListener) {
    this.api = api;
    this.chatId = chatId;
    this.userId = userId;
    this.outbox = outbox;
    this.listener = listener;
    this.pages = new Pages(api, chatId, this.reader);
    this.drafts = new Drafts(() => listener.onDrafts());
    this.sender = new Sender(outbox, {
      post: (frame) => this.state.name === 'live' && this.socket?.ask(frame) === true,
      onChange: () => listener.onMessages(),
    });
  }

  /** Connects. */
  start(): void {
    void this.connect();
    this.sender.transmit();
  }

  stop(): void {
    this.stopped = true;
    this.disconnect();
    this.sender.stop();
    this.drafts.stop();
  }

  /** Call this when the network or the user returns: connects at once, or checks that the connection is still alive. */
  wake(): void {
    if (this.state.name === 'waiting') void this.connect();
    else if (this.state.name === 'live') this.socket?.ping();
  }

  send(content: string): void {
    this.sender.add(content);
  }

  retry(clientId: string): void {
    this.sender.retry(clientId);
  }

  /** Loads one more page of history. Returns false when there are no older messages. */
  async loadOlder(): Promise<boolean> {
    const { messages, more } = await this.pages.older();
    this.take(messages);
    return more;
  }

  /** Starts a round and ends the one before, if any. */
  private async connect(): Promise<void> {
    this.disconnect();
    this.tell({ name: 'connecting' });
    try {
      for await (const messages of this.pages.missed()) {
        if (this.stopped) return;
        this.take(messages);
      }
      // A ticket, because URLs end up in logs, and because REST gives a reason where a handshake only fails.
      const { ticket } = await this.api.createTicket(this.chatId);
      if (!this.stopped) this.open(ticket);
    } catch (error) {
      if (!this.stopped) this.fail(error);
    }
  }

  private fail(error: unknown): void {
    const refused = error instanceof ApiProblem ? error : undefined;
    const final = refused?.fromBackend && [401, 403, 404].includes(refused.status);
    if (final) this.end(refused.code);
    else this.connectLater(refused?.retryAfter);
  }

  private end(code: string): void {
    this.tell({ name: 'ended', code });
    this.sender.end(code);
  }

  private open(ticket: string): void {
    const url = socketUrl(this.api.wsUrl, this.chatId, `ticket=${ticket}&events=1`);
    this.socket = new ChatSocket(url, {
      onOpen: () => {
        this.tell({ name: 'catching up' });
        this.sync();
      },
      onData: (data) => this.receive(data),
      onDead: () => this.connectLater(),
    });
  }

  private receive(data: string): void {
    const frame = readFrame(data);
    // While catching up only `synced` is the answer, but each frame shows that the connection is alive.
    if (this.state.name === 'live' || frame?.type === 'synced') this.socket?.answered();
    else this.socket?.expectAnswer();
    if (frame?.type === 'message') this.take([frame.message]);
    else if (frame?.type === 'synced') this.synced(frame.seq, frame.more);
    else if (frame?.type === 'read') this.read(frame.userId, frame.seq);
    else if (frame?.type === 'ai.delta') this.drafted(frame.messageId, frame.delta);
    else if (frame?.type === 'error') this.refused(frame.code, frame.clientId);
    else if (frame?.type === 'unhandled') this.unhandled();
  }

  /** Moves a participant's read mark forward, never back. */
  read(userId: string, seq: number): void {
    if (seq <= (this.reads.get(userId) ?? 0)) return;
    this.reads.set(userId, seq);
    this.listener.onMessages();
  }

  private drafted(messageId: string, delta: string): void {
    // A delta may arrive after its finished message.
    if (!this.reader.has(messageId)) this.drafts.add(messageId, delta);
  }

  /** Adds messages from REST or the socket. */
  private take(messages: Message[]): void {
    if (this.stopped) return;
    for (const message of messages) {
      this.reader.receive(message);
      this.drafts.finish(message.id);
    }
    const mine = messages.filter(({ userId }) => userId === this.userId);
    this.sender.stored(mine.flatMap(({ clientId }) => clientId ?? []));
    this.listener.onMessages();
    if (this.state.name === 'live') this.gap.check();
  }

  private sync(): void {
    this.socket?.ask({ type: 'sync', after: this.reader.cursor });
    if (this.state.name === 'live') return;
    // Nothing is sent until the chat is live, so it must not wait forever for a lost `synced`, even if other frames come.
    clearTimeout(this.syncTimer);
    this.syncTimer = setTimeout(() => this.connectLater(), times.sync);
  }

  private synced(seq: number, more: boolean): void {
    this.reader.synced(seq);
    if (more) this.sync();
    else if (this.state.name !== 'live') this.live();
    if (this.state.name === 'live') this.gap.check();
  }

  private live(): void {
    clearTimeout(this.syncTimer);
    this.failures = 0;
    this.tell({ name: 'live' });
    this.sender.connected();
  }

  private refused(code: string, clientId: string | undefined): void {
    if (clientId) this.sender.refused(clientId, code);
    // A refused `sync`. While live, the gap timer repeats it.
    else if (this.state.name === 'catching up') this.connectLater();
  }

  private unhandled(): void {
    if (this.state.name === 'live') this.sender.unhandled();
    else this.connectLater();
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
    clearTimeout(this.syncTimer);
    this.gap.stop();
    this.sender.disconnected();
  }

  private tell(state: ConnectionState): void {
    this.state = state;
    this.listener.onState();
  }
}
