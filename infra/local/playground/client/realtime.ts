import type { Message } from '#shared/contract/chats/message.ts';
import { type Api, ApiProblem } from './api.ts';
import { ChatSocket } from './chat-socket.ts';
import { Drafts } from './drafts.ts';
import { readFrame } from './frames.ts';
import { Gap } from './gap.ts';
import type { Outbox } from './outbox.ts';
import { Pages } from './pages.ts';
import { Reader } from './reader.ts';
import { Sender } from './sender.ts';
import { longer, type Timer, times } from './times.ts';

/** What the connection is doing. */
export type State =
  | { name: 'connecting' | 'catching up' | 'live' }
  /** Until then, milliseconds since the epoch. */
  | { name: 'waiting'; until: number }
  /** It ended by a problem that only the user can do something about: signed out, removed, blocked. */
  | { name: 'ended'; code: string };

interface Whose {
  chatId: string;
  userId: string;
  /** It outlives this client: what is left in it when the chat is closed goes out when it is opened again. */
  outbox: Outbox;
}

export interface Listener {
  /** Messages have come, the outbox has changed, or somebody has read. */
  onMessages(): void;
  onDrafts(): void;
  onState(): void;
}

/**
 * The reference client of one chat: whatever the network does, the list of messages is complete, in order and without
 * doubles, and what was sent is stored once. It has no screen in it, to be read and ported; docs/flutter.md is a port.
 *
 * The rounds that it goes: ask over REST what was missed, which also says whether the chat is still ours; open a
 * socket; `sync`; live; and from wherever it breaks off, wait and begin again.
 */
export class ChatRealtime {
  readonly reader = new Reader();
  readonly drafts: Drafts;
  /** Up to which number each participant has read, as far as it is known. */
  readonly reads = new Map<string, number>();
  readonly outbox: Outbox;
  state: State = { name: 'connecting' };
  private readonly api: Api;
  private readonly chatId: string;
  private readonly userId: string;
  private readonly listener: Listener;
  private readonly pages: Pages;
  private readonly sender: Sender;
  private readonly gap = new Gap(this.reader, () => this.sync());
  private socket: ChatSocket | undefined;
  private stopped = false;
  private failures = 0;
  private retryTimer: Timer;
  private syncTimer: Timer;

  constructor(api: Api, { chatId, userId, outbox }: Whose, listener: Listener) {
    this.api = api;
    this.chatId = chatId;
    this.userId = userId;
    this.outbox = outbox;
    this.listener = listener;
    this.pages = new Pages(api, chatId, this.reader);
    this.drafts = new Drafts(() => listener.onDrafts());
    this.sender = new Sender(outbox, {
      post: (frame) => this.state.name === 'live' && this.socket?.ask(frame),
      onChange: () => listener.onMessages(),
    });
  }

  /** Everything before was left behind: connects. */
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

  /** The network or the user is back: does not wait any longer, and finds out whether a connection has died meanwhile. */
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

  /** Reads a page further back. False when there is nothing before. */
  async loadOlder(): Promise<boolean> {
    const { messages, more } = await this.pages.older();
    this.take(messages);
    return more;
  }

  /** One round. It may be called at any time: what was before is over. */
  private async connect(): Promise<void> {
    this.disconnect();
    this.tell({ name: 'connecting' });
    try {
      for await (const messages of this.pages.missed()) {
        if (this.stopped) return;
        this.take(messages);
      }
      // A ticket, because URLs end up in logs, and because REST says why it refuses where a handshake only fails.
      const { ticket } = await this.api.createTicket(this.chatId);
      if (!this.stopped) this.open(ticket);
    } catch (error) {
      if (!this.stopped) this.failed(error);
    }
  }

  private failed(error: unknown): void {
    const refused = error instanceof ApiProblem ? error : undefined;
    const final = refused?.ours && [401, 403, 404].includes(refused.status);
    if (final) this.end(refused.code);
    else this.connectLater(refused?.retryAfter);
  }

  private end(code: string): void {
    this.tell({ name: 'ended', code });
    this.sender.end(code);
  }

  private open(ticket: string): void {
    const url = `${this.api.url.replace(/^http/, 'ws')}/ws/chat/${this.chatId}?ticket=${ticket}&events=1`;
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
    // While it catches up, only `synced` is the answer; but each frame shows that it is still on its way.
    if (this.state.name === 'live' || frame?.type === 'synced') this.socket?.answered();
    else this.socket?.expectAnswer();
    if (frame?.type === 'message') this.take([frame.message]);
    else if (frame?.type === 'synced') this.synced(frame.seq, frame.more);
    else if (frame?.type === 'read') this.read(frame.userId, frame.seq);
    else if (frame?.type === 'ai.delta') this.drafted(frame.messageId, frame.delta);
    else if (frame?.type === 'error') this.refused(frame.code, frame.clientId);
  }

  /** Up to where somebody has read; it never moves back. */
  read(userId: string, seq: number): void {
    if (seq <= (this.reads.get(userId) ?? 0)) return;
    this.reads.set(userId, seq);
    this.listener.onMessages();
  }

  private drafted(messageId: string, delta: string): void {
    // A delta may come after its message: the answer is written.
    if (!this.reader.has(messageId)) this.drafts.add(messageId, delta);
  }

  /** Messages, from wherever: each is shown once, by its number. */
  private take(messages: Message[]): void {
    if (this.stopped) return;
    for (const message of messages) {
      this.reader.receive(message);
      this.drafts.written(message.id);
    }
    const mine = messages.filter(({ userId }) => userId === this.userId);
    this.sender.stored(mine.flatMap(({ clientId }) => clientId ?? []));
    this.listener.onMessages();
    if (this.state.name === 'live') this.gap.look();
  }

  private sync(): void {
    this.socket?.ask({ type: 'sync', after: this.reader.cursor });
    if (this.state.name === 'live') return;
    // Before it is live nothing is sent: it must not wait for an answer that was lost, however much else is heard.
    clearTimeout(this.syncTimer);
    this.syncTimer = setTimeout(() => this.connectLater(), times.sync);
  }

  private synced(seq: number, more: boolean): void {
    this.reader.synced(seq);
    if (more) this.sync();
    else if (this.state.name !== 'live') this.live();
    if (this.state.name === 'live') this.gap.look();
  }

  private live(): void {
    clearTimeout(this.syncTimer);
    this.failures = 0;
    this.tell({ name: 'live' });
    this.sender.transmit();
  }

  private refused(code: string, clientId: string | undefined): void {
    if (clientId) this.sender.refused(clientId, code);
    // That was the answer to a `sync`: while live it is asked again by the clock.
    else if (this.state.name === 'catching up') this.connectLater();
  }

  /** Seconds, when the server has said how long. */
  private connectLater(retryAfter?: number): void {
    this.disconnect();
    const wait = retryAfter ? retryAfter * 1000 : Math.random() * longer(times.backOff, this.failures++);
    this.retryTimer = setTimeout(() => void this.connect(), wait);
    this.tell({ name: 'waiting', until: Date.now() + wait });
  }

  private disconnect(): void {
    this.socket?.close();
    this.socket = undefined;
    clearTimeout(this.retryTimer);
    clearTimeout(this.syncTimer);
    this.gap.stop();
  }

  private tell(state: State): void {
    this.state = state;
    this.listener.onState();
  }
}
