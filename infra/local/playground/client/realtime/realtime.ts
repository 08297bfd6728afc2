import type { Chat } from '#shared/contract/chats/chat.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import type { Api } from '../rest/api.ts';
import { Drafts } from './drafts.ts';
import type { Frame } from './frames.ts';
import type { Addressed, Outbox } from './outbox.ts';
import { Pages } from './pages.ts';
import { ReadMarks } from './read-marks.ts';
import { Reader } from './reader.ts';
import { Sender } from './sender.ts';
import { Connection, type ConnectionState } from './socket/connection.ts';

interface ChatKey {
  chatId: string;
  userId: string;
  /** Outlives this client. A `ClosedChat` sends the messages that are left in it. */
  outbox: Outbox;
}

export interface ChatListener {
  /** Messages, the outbox or the read marks have changed. */
  onMessages(): void;
  /** A message has changed, perhaps one that is not loaded. */
  onChanged?(message: Message): void;
  onDrafts(): void;
  onState(): void;
}

/**
 * The reference client of one chat. On any network its list of messages is complete, in order and without duplicates,
 * and the messages sent are stored once each and in the order in which the user sent them. It has no user interface, so that
 * it can be ported: docs/flutter is a port.
 */
export class ChatRealtime {
  readonly reader = new Reader();
  readonly drafts: Drafts;
  /** The number up to which each participant has read, as far as known. */
  readonly reads = new Map<string, number>();
  readonly outbox: Outbox;
  private readonly api: Api;
  private readonly userId: string;
  private readonly listener: ChatListener;
  private readonly pages: Pages;
  private readonly connection: Connection;
  readonly sender: Sender;
  private readonly readMarks: ReadMarks;
  private stopped = false;

  constructor(api: Api, { chatId, userId, outbox }: ChatKey, listener: ChatListener) {
    this.api = api;
    this.userId = userId;
    this.outbox = outbox;
    this.listener = listener;
    this.pages = new Pages(api, chatId, this.reader);
    this.drafts = new Drafts(() => listener.onDrafts());
    this.connection = new Connection({
      api,
      chatId,
      reader: this.reader,
      loadMissed: () => this.loadMissed(),
      onReset: () => this.pages.forget(),
      onFrame: (frame) => this.receive(frame),
      onState: () => this.follow(this.state),
    });
    this.sender = new Sender(outbox, {
      // Somebody else may have signed in since.
      post: (frame) => api.userId === userId && this.connection.post(frame),
      onChange: () => listener.onMessages(),
    });
    // A mark that is sent late must not become that of somebody who has signed in since.
    this.readMarks = new ReadMarks(async (seq) => api.userId === userId && api.markRead(chatId, seq));
  }

  get state(): ConnectionState {
    return this.connection.state;
  }

  /** How many messages of others the user has not seen yet, as far as loaded. */
  get unread(): number {
    const { highest } = this.readMarks;
    return this.reader.messages.filter(({ seq, userId }) => seq > highest && userId !== this.userId).length;
  }

  /** Connects. */
  start(): void {
    void this.connection.connect();
    this.sender.transmit();
  }

  /** Closes the chat. Resolves when the server has the last read mark, or after a failed attempt, which is repeated. */
  stop(): Promise<void> {
    this.stopped = true;
    this.connection.stop();
    this.sender.stop();
    this.drafts.stop();
    return this.readMarks.flush();
  }

  /** Call this when the network or the user returns: connects at once, or checks that the connection is still alive. */
  wake(): void {
    this.connection.wake();
  }

  /** Call this when the device loses its network: the connection is tried anew, and says so, instead of waiting for an answer. */
  offline(): void {
    this.connection.lost();
  }

  /** Call this when the user leaves the page, which may never run again. */
  sleep(): void {
    void this.readMarks.flush();
  }

  send(content: string, addressed?: Addressed): void {
    this.sender.add(content, addressed);
  }

  retry(clientId: string): void {
    this.sender.retry(clientId);
  }

  /** Gives up a message that was not sent. */
  delete(clientId: string): void {
    this.sender.remove([clientId]);
    this.listener.onMessages();
  }

  /** Loads one more page of history. Returns false when there are no older messages. */
  async loadOlder(): Promise<boolean> {
    const { messages, more } = await this.pages.older();
    this.take(messages);
    return more;
  }

  /** A message that the server has changed for this user, or that somebody else has changed. */
  change(message: Message, rev?: number): void {
    if (this.stopped) return;
    this.reader.changed(message, rev);
    this.listener.onChanged?.(message);
    this.taken([message]);
  }

  /** Call this with each new list of chats. */
  readonly hear = (chat: Chat): void => this.connection.syncs.hear(chat);

  /** Moves a participant's read mark forward, never back. */
  read(userId: string, seq: number): void {
    if (userId === this.userId) this.readMarks.learn(seq);
    if (seq <= (this.reads.get(userId) ?? 0)) return;
    this.reads.set(userId, seq);
    this.listener.onMessages();
  }

  /** The user has seen the messages up to this one. Their own need no mark. */
  markRead(seq: number): void {
    const newest = this.reader.messages.findLast((message) => message.seq <= seq && message.userId !== this.userId);
    if (!newest || newest.seq <= this.readMarks.highest) return;
    this.readMarks.read(newest.seq);
    this.listener.onMessages();
  }

  private async loadMissed(): Promise<void> {
    for await (const messages of this.pages.missed()) {
      if (this.stopped) return;
      this.take(messages);
    }
  }

  private follow(state: ConnectionState): void {
    this.listener.onState();
    if (state.name === 'live') this.sender.transmit();
    // If the session has ended, the messages wait for the same user's next one.
    else if (state.name === 'ended' && this.api.userId === this.userId) this.sender.end(state.code);
    else this.sender.disconnected();
  }

  private receive(frame: Frame): void {
    if (frame.type === 'message') this.take([frame.message]);
    else if (frame.type === 'changed') this.change(frame.message, frame.rev);
    else if (frame.type === 'read') this.read(frame.userId, frame.seq);
    else if (frame.type === 'unhandled') this.sender.unhandled();
    else if (frame.type === 'error' && frame.clientId !== undefined) this.sender.refused(frame.clientId, frame.refusal);
    // A delta may arrive after its finished message.
    else if (frame.type === 'ai.delta' && !this.reader.has(frame.messageId))
      this.drafts.add(frame.messageId, frame.delta);
  }

  /** Adds messages from REST or the socket. */
  take(messages: readonly Message[]): void {
    if (this.stopped) return;
    for (const message of messages) this.reader.receive(message);
    this.taken(messages);
  }

  /** These messages are in the reader now. */
  private taken(messages: readonly Message[]): void {
    for (const { id } of messages) this.drafts.finish(id);
    const mine = messages.filter(({ userId }) => userId === this.userId);
    this.sender.remove(mine.flatMap(({ clientId }) => clientId ?? []));
    this.listener.onMessages();
    this.connection.syncs.check();
  }
}
