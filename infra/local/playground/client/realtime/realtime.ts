import type { Chat } from '#shared/contract/chats/chat.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import type { OutgoingFile } from '../files/outgoing-file.ts';
import type { Api } from '../rest/api.ts';
import { Drafts } from './drafts.ts';
import type { Frame } from './frames.ts';
import { ChatLink, type ConnectionState } from './inbox/chat-link.ts';
import type { ChatSender } from './inbox/chat-sender.ts';
import type { Inbox } from './inbox/inbox.ts';
import type { Addressed, Outbox } from './outbox.ts';
import { type KnownAtOpening, Pages } from './pages.ts';
import { Reader } from './reader.ts';
import type { Sender } from './sender.ts';
import { Unread } from './unread.ts';

interface ChatKey {
  chatId: string;
  userId: string;
  inbox: Inbox;
  /** Outlives this client, and goes on with the messages that are left. */
  sending: ChatSender;
  opening: KnownAtOpening;
}

export interface ChatListener {
  /** Messages or the read marks have changed. */
  onMessages(): void;
  /** The chat opens at its first unread message, which is on this page and above the newest one. */
  onUnreadPage?(messages: readonly Message[]): void;
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
  private readonly link: ChatLink;
  readonly sender: Sender;
  readonly unread: Unread;
  private stopped = false;

  constructor(api: Api, { chatId, userId, inbox, sending, opening }: ChatKey, listener: ChatListener) {
    this.api = api;
    this.userId = userId;
    this.outbox = sending.outbox;
    this.sender = sending.sender;
    this.listener = listener;
    this.pages = new Pages(api, chatId, this.reader, opening);
    this.drafts = new Drafts(() => listener.onDrafts());
    this.link = new ChatLink({
      inbox,
      chatId,
      reader: this.reader,
      loadNewest: () => this.loadNewest(),
      requireMembership: () => api.chats.get(chatId),
      onFrame: (frame) => this.receive(frame),
      onState: () => this.follow(this.state),
    });
    this.unread = new Unread(api, { chatId, userId, reader: this.reader, opening });
  }

  get state(): ConnectionState {
    return this.link.state;
  }

  /** How many rounds of catching up have begun. */
  get rounds(): number {
    return this.link.rounds;
  }

  start(): void {
    void this.link.start();
  }

  /** Closes the chat. Resolves when the server has the last read mark, or after a failed attempt, which is repeated. */
  stop(): Promise<void> {
    this.stopped = true;
    this.link.stop();
    this.drafts.stop();
    return this.unread.flush();
  }

  /** Call this when the network or the user returns. */
  wake(): void {
    this.link.wake();
  }

  /** The chat has ended for the user with this problem code. */
  end(code: string): void {
    this.link.end(code);
  }

  /** Call this when the user leaves the page, which may never run again. */
  sleep(): void {
    void this.unread.flush();
  }

  send(content: string, addressed?: Addressed, files?: OutgoingFile[]): void {
    this.sender.add(content, addressed, files);
  }

  retry(clientId: string): void {
    this.sender.retry(clientId);
  }

  /** Gives up a message that was not sent. */
  delete(clientId: string): void {
    this.sender.remove([clientId]);
    this.listener.onMessages();
  }

  /** Loads one more page of history. Returns false when there are no older messages, or when the chat is closed. */
  async loadOlder(): Promise<boolean> {
    const { messages, more } = await this.pages.older();
    this.take(messages);
    return more && !this.stopped;
  }

  /** A message that the server has changed for this user, or that somebody else has changed. */
  change(message: Message, rev?: number): void {
    if (this.stopped) return;
    this.reader.changed(message, rev);
    this.listener.onChanged?.(message);
    this.taken([message]);
  }

  /** Call this when the list of chats says something else about this one. */
  readonly hear = (chat: Chat): void => this.link.syncs.hear(chat);

  /** Moves a participant's read mark forward, never back. */
  read(userId: string, seq: number): void {
    if (userId === this.userId) this.unread.learn(seq);
    if (seq <= (this.reads.get(userId) ?? 0)) return;
    this.reads.set(userId, seq);
    this.listener.onMessages();
  }

  /** The user has seen the messages up to this one. */
  markRead(seq: number): void {
    if (this.unread.read(seq)) this.listener.onMessages();
  }

  /** The reader begins anew with the newest page. Only then anything is shown: it would count as seen. */
  private async loadNewest(): Promise<void> {
    const newest = this.pages.newest();
    const above = await this.unread.find(newest);
    const { messages, rev, epoch } = await newest;
    this.reader.restart(messages, rev, epoch);
    if (above.length > 0) this.listener.onUnreadPage?.(above);
    this.take(messages);
  }

  private follow(state: ConnectionState): void {
    if (state.name === 'live') this.sender.resume();
    // If the session has ended, the messages wait for the same user's next one.
    else if (state.name === 'ended' && this.api.userId === this.userId) this.sender.end(state.code);
    this.listener.onState();
  }

  private receive(frame: Frame): void {
    // Before the newest page is there, a message would be above a hole. The `sync` after it brings what comes meanwhile.
    if (this.reader.restarts === 0) return;
    // An answer to a `sync` may come when the chat has been closed and opened again.
    if (frame.type === 'message') this.take([frame.message].filter((message) => !this.reader.isHistory(message)));
    else if (frame.type === 'changed') this.change(frame.message, frame.rev);
    else if (frame.type === 'read') this.read(frame.userId, frame.seq);
    // A delta may arrive after its finished message.
    else if (frame.type === 'ai.delta' && !this.reader.has(frame.messageId))
      this.drafts.add(frame.messageId, frame.delta);
  }

  /** Adds messages from REST or the inbox. */
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
    this.link.syncs.check();
  }
}
