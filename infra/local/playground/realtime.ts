import type { Message } from '../../../shared/contract/messages.ts';
import { type Api, ApiProblem, pageSize } from './api.ts';
import { Outbox } from './outbox.ts';
import { Reader } from './reader.ts';

/**
 * The reference client of one chat: whatever the network does, the list of messages is complete, in order and without
 * doubles, and what was sent is stored once. It has no screen in it, to be read and ported; docs/flutter.md is a port.
 *
 * The rounds that it goes: ask over REST what was missed, which also says whether the chat is still ours; open a
 * socket; `sync`; live; and from wherever it breaks off, wait and begin again.
 */

/** Milliseconds. */
export const times = {
  /** The wait before a new try is a random part of `first`, twice that, ... `most`: not all clients at once. */
  backOff: { first: 1000, most: 30_000 },
  /** Before asking for what is missing: `first`, then twice as long each time. A hole is filled after a minute at most. */
  askAgain: { first: 1000, most: 60_000 },
  /** API Gateway closes what is idle for ten minutes. */
  ping: 300_000,
  /** A handshake, a ping or a message without an answer for so long: the connection is dead, or nearly. */
  answer: 10_000,
  /** A message that wasn't stored for so long has failed: the user decides about another try. */
  patience: 30_000,
};

/** What the connection is doing. */
export type State =
  | { name: 'connecting' | 'catching up' | 'live' }
  /** Until then, milliseconds since the epoch. */
  | { name: 'waiting'; until: number }
  /** It ended by a problem that only the user can do something about: signed out, removed, blocked. */
  | { name: 'ended'; code: string };

type Frame =
  | (Message & { type: 'text' | 'ai' | 'system' })
  | { type: 'synced'; seq: number; more?: true }
  | { type: 'pong' }
  | { type: 'read'; userId: string; seq: number }
  | { type: 'ai.delta'; messageId: string; delta: string }
  | { type: 'error'; code: string; clientId?: string };

/** Refusals of a message that pass by themselves: it is sent again after a while. */
const passing = ['too_many_requests', 'unavailable', 'internal'];

export interface Listener {
  /** Messages have come, or the outbox has changed. */
  onMessages(): void;
  onState(state: State): void;
  onRead(read: { userId: string; seq: number }): void;
  onDelta(delta: { messageId: string; delta: string }): void;
}

export class ChatRealtime {
  readonly reader = new Reader();
  readonly outbox = new Outbox();
  state: State = { name: 'connecting' };
  private readonly api: Api;
  private readonly chatId: string;
  private readonly userId: string;
  private readonly listener: Listener;
  private socket: WebSocket | undefined;
  /** Whether the newest page was read: later only what came after the cursor is asked for. */
  private begun = false;
  private stopped = false;
  private failures = 0;
  private waits = 0;
  private retryTimer: Timer;
  private gapTimer: Timer;
  private pingTimer: Timer;
  private answerTimer: Timer;
  private outboxTimer: Timer;

  constructor(api: Api, { chatId, userId }: { chatId: string; userId: string }, listener: Listener) {
    this.api = api;
    this.chatId = chatId;
    this.userId = userId;
    this.listener = listener;
  }

  /** Everything before was left behind: connects. */
  start(): void {
    void this.connect();
  }

  stop(): void {
    this.stopped = true;
    this.disconnect();
    clearTimeout(this.outboxTimer);
  }

  /** The network or the user is back: does not wait any longer, and finds out whether a connection has died meanwhile. */
  wake(): void {
    if (this.state.name === 'waiting') void this.connect();
    else if (this.state.name === 'live') this.ping();
  }

  send(content: string): void {
    this.outbox.add(content);
    this.transmit();
    this.listener.onMessages();
  }

  retry(clientId: string): void {
    this.outbox.retry(clientId);
    this.transmit();
    this.listener.onMessages();
  }

  /** Reads a page further back. False when there is nothing before. */
  async loadOlder(): Promise<boolean> {
    const [oldest] = this.reader.messages;
    if (!oldest || oldest.seq === 1) return false;
    const { messages } = await this.api.listMessages(this.chatId, { before: oldest.seq });
    this.take(messages);
    return messages.length === pageSize;
  }

  /** One round. It may be called at any time: what was before is over. */
  private async connect(): Promise<void> {
    this.disconnect();
    this.tell({ name: 'connecting' });
    try {
      await this.catchUp();
      // A ticket, because URLs end up in logs, and because REST says why it refuses where a handshake only fails.
      const { ticket } = await this.api.createTicket();
      if (!this.stopped) this.open(ticket);
    } catch (error) {
      if (this.stopped) return;
      const refused = error instanceof ApiProblem ? error : undefined;
      if (refused && [401, 403, 404].includes(refused.status)) return this.tell({ name: 'ended', code: refused.code });
      this.connectLater(refused?.retryAfter);
    }
  }

  /** Reads over REST what isn't there yet: at first the newest page, later everything after the cursor. */
  private async catchUp(): Promise<void> {
    if (!this.begun) {
      const { messages } = await this.api.listMessages(this.chatId);
      // What is before this page is history that wasn't asked for, not missing.
      if (messages[0]) this.reader.synced(messages[0].seq - 1);
      this.begun = true;
      return this.take(messages);
    }
    for (let after = this.reader.cursor; ; ) {
      const { messages } = await this.api.listMessages(this.chatId, { after });
      this.take(messages);
      after = messages.at(-1)?.seq ?? after;
      if (messages.length < pageSize) return;
    }
  }

  private open(ticket: string): void {
    const url = `${this.api.url.replace(/^http/, 'ws')}/ws/chat/${this.chatId}?ticket=${ticket}&events=1`;
    const socket = new WebSocket(url);
    this.socket = socket;
    this.expectAnswer();
    // Of a socket that was given up nothing is heard any more.
    const heard = (handle: () => void) => () => socket === this.socket && handle();
    socket.onopen = heard(() => {
      this.tell({ name: 'catching up' });
      this.sync();
    });
    socket.onmessage = ({ data }) => heard(() => this.receive(JSON.parse(String(data))))();
    socket.onclose = heard(() => this.connectLater());
  }

  private receive(frame: Frame): void {
    // While it catches up, only `synced` is the answer; but each frame shows that it is still on its way.
    if (this.state.name === 'live' || frame.type === 'synced') clearTimeout(this.answerTimer);
    else this.expectAnswer();
    if (frame.type === 'synced') this.synced(frame.seq, frame.more);
    else if (frame.type === 'read') this.listener.onRead(frame);
    else if (frame.type === 'ai.delta') this.listener.onDelta(frame);
    else if (frame.type === 'error') this.refused(frame.code, frame.clientId);
    else if (frame.type !== 'pong') this.take([frame]);
  }

  /** Messages, from wherever: each is shown once, by its number. */
  private take(messages: Message[]): void {
    if (this.stopped) return;
    const sending = this.outbox.next;
    for (const message of messages) {
      this.reader.receive(message);
      if (message.userId === this.userId && message.clientId) this.outbox.stored(message.clientId);
    }
    if (sending && this.outbox.next !== sending) this.transmit();
    this.lookForGap();
    this.listener.onMessages();
  }

  /** A number is missing: its message may be a moment late, so it is asked for after a moment, then ever more rarely. */
  private lookForGap(): void {
    if (!this.reader.behind) {
      clearTimeout(this.gapTimer);
      this.gapTimer = undefined;
      this.waits = 0;
    } else if (this.state.name === 'live' && !this.gapTimer) {
      const wait = Math.min(times.askAgain.first * 2 ** this.waits++, times.askAgain.most);
      this.gapTimer = setTimeout(() => {
        this.gapTimer = undefined;
        this.sync();
      }, wait);
    }
  }

  private sync(): void {
    this.socket?.send(JSON.stringify({ type: 'sync', after: this.reader.cursor }));
    this.expectAnswer();
  }

  private synced(seq: number, more?: true): void {
    this.reader.synced(seq);
    if (more) this.sync();
    else if (this.state.name !== 'live') this.live();
    this.lookForGap();
  }

  private live(): void {
    this.failures = 0;
    this.tell({ name: 'live' });
    this.transmit();
    this.pingTimer = setInterval(() => this.ping(), times.ping);
  }

  private ping(): void {
    this.socket?.send('{"type":"ping"}');
    this.expectAnswer();
  }

  /** Sends the next message of the outbox, again if it was sent before: the same clientId makes no double. */
  private transmit(): void {
    clearTimeout(this.outboxTimer);
    const { next } = this.outbox;
    if (!next || this.stopped) return;
    const { clientId, content } = next;
    if (this.state.name === 'live') this.socket?.send(JSON.stringify({ type: 'message', content, clientId }));
    this.outboxTimer = setTimeout(() => {
      if (Date.now() - next.since >= times.patience) this.refused('no_answer', clientId);
      else this.transmit();
    }, times.answer);
  }

  private refused(code: string, clientId: string | undefined): void {
    // Of a `sync`: while live it is asked again by the clock.
    if (!clientId && this.state.name === 'catching up') this.connectLater();
    if (!clientId || passing.includes(code)) return;
    this.outbox.fail(clientId, code);
    this.transmit();
    this.listener.onMessages();
  }

  /** No frame until then: the connection is dead, whatever it says of itself. */
  private expectAnswer(): void {
    clearTimeout(this.answerTimer);
    this.answerTimer = setTimeout(() => this.connectLater(), times.answer);
  }

  /** Seconds, when the server has said how long. */
  private connectLater(retryAfter?: number): void {
    this.disconnect();
    const most = Math.min(times.backOff.first * 2 ** this.failures++, times.backOff.most);
    const wait = retryAfter ? retryAfter * 1000 : Math.random() * most;
    this.retryTimer = setTimeout(() => void this.connect(), wait);
    this.tell({ name: 'waiting', until: Date.now() + wait });
  }

  private disconnect(): void {
    const { socket } = this;
    this.socket = undefined;
    socket?.close();
    for (const timer of [this.retryTimer, this.gapTimer, this.answerTimer]) clearTimeout(timer);
    clearInterval(this.pingTimer);
    this.gapTimer = undefined;
    this.waits = 0;
  }

  private tell(state: State): void {
    this.state = state;
    this.listener.onState(state);
  }
}

type Timer = ReturnType<typeof setTimeout> | undefined;
