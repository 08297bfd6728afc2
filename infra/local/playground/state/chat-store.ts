import type { Chat } from '#shared/contract/chats/chat.ts';
import type { Notifications, Place } from '#shared/contract/chats/own-settings.ts';
import type { Frame } from '../client/realtime/frames.ts';
import { Inbox } from '../client/realtime/inbox/inbox.ts';
import type { Api } from '../client/rest/api.ts';
import type { Session } from '../client/rest/session.ts';
import { AllUnsent } from './all-unsent.ts';
import { Blocks } from './blocks.ts';
import { EarlyPage } from './early-page.ts';
import { ChatList } from './list/chat-list.ts';
import { OthersReads } from './list/others-reads.ts';
import { OpenChat } from './open-chat.ts';
import { nobody } from './store-listener.ts';
import { Typing } from './typing.ts';

/** The chats of the signed-in user and the one that is open. */
export class ChatStore {
  readonly userId: string;
  readonly inbox: Inbox;
  readonly list: ChatList;
  readonly unsent: AllUnsent;
  readonly typing: Typing;
  readonly blocks: Blocks;
  readonly othersReads: OthersReads;
  listener = nobody;
  open: OpenChat | undefined;
  /** The id of the chat to open, which may not be in the list yet. */
  selected: string | null = null;
  /** The session has ended. */
  closed = false;
  private readonly early: EarlyPage;
  private readonly api: Api;
  private readonly session: Session;
  /** The last read mark of the chat that was closed is on its way: until then its count of unread messages is too high. */
  private closing: Promise<void> = Promise.resolve();

  constructor(api: Api, session: Session, userId: string) {
    this.api = api;
    this.session = session;
    this.userId = userId;
    this.early = new EarlyPage(api);
    this.typing = new Typing(api, userId, () => this.listener.onChange());
    this.blocks = new Blocks(api, () => this.listener.onChange());
    this.othersReads = new OthersReads(userId, () => this.listener.onChange());
    this.inbox = new Inbox(api, userId);
    this.list = new ChatList({
      api,
      userId,
      isOpen: (chatId) => chatId === this.open?.chat.id,
      settled: () => this.closing,
      onChange: () => this.follow(),
      onTrouble: (error) => this.listener.onTrouble(error),
    });
    // Before those of the chats: they find what the frame has changed.
    this.inbox.listen({ onFrame: (frame) => this.receive(frame), onState: () => this.followInbox() });
    this.unsent = new AllUnsent(this.inbox, userId, () => this.followUnsent());
  }

  start(): void {
    this.inbox.start();
    void this.list.load().then(() => this.loadSelected());
  }

  /** The chats with their unread messages as far as known: the open chat knows itself what the user has read. */
  get counted(): Chat[] {
    const { open } = this;
    const unreadCount = open?.realtime.unread.count ?? 0;
    return (this.list.all ?? []).map((chat) => {
      if (chat.id !== open?.chat.id) return chat;
      return { ...chat, unreadCount, mentionCount: unreadCount && chat.mentionCount, markedUnread: undefined };
    });
  }

  /** Call this when the network or the user returns. */
  wake(): void {
    this.inbox.wake();
    this.open?.wake();
  }

  async setNotifications(chatId: string, notifications: Notifications): Promise<void> {
    this.list.update(chatId, await this.api.chats.setNotifications(chatId, notifications));
  }

  /** What `place` leaves out stays as it is. */
  async setPlace(chatId: string, place: Partial<Place>): Promise<void> {
    this.list.update(chatId, await this.api.chats.setPlace(chatId, place));
  }

  /** Marks the last message of a chat that the user has read as unread. Closes the chat first: it would be read again. */
  async markUnread(id: string): Promise<void> {
    if (this.open?.chat.id === id) this.select(null);
    await this.closing;
    const { chats } = await this.api.chats.listUnread();
    const { readSeq = 0 } = chats.find(({ chatId }) => chatId === id) ?? {};
    await this.api.chats.markUnread(id, Math.max(1, readSeq));
    this.list.update(id, { markedUnread: true });
    await this.list.refresh(id);
  }

  /** The name of somebody in a chat, if it is known already. */
  nameIn({ id, type, name, participantIds }: Chat, userId: string): string | undefined {
    if (type === 'direct' && participantIds.includes(userId)) return name;
    return (this.open?.chat.id === id ? this.open.nameOf(userId) : undefined) || this.typing.nameOf(userId);
  }

  async readAll(): Promise<void> {
    while ((await this.api.chats.readAll()).more);
  }

  /** Opens a chat in place of the one before, or closes that with null. A chat that is not listed yet is loaded first. */
  select(chatId: string | null): void {
    this.selected = chatId;
    if (chatId !== null && !this.list.all) this.early.request(chatId);
    this.follow();
    this.loadSelected();
  }

  /** The session has ended or ends now. Resolves when the server knows what the user has read, or did not answer. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.inbox.stop();
    this.list.stop();
    this.unsent.stop();
    this.typing.stop();
    await this.open?.close();
  }

  /** Opens the open chat anew if it has ended: the user is in it again, or has unblocked the other person. */
  reopenEnded(): void {
    if (this.open?.realtime.state.name !== 'ended') return;
    void this.open.close();
    this.open = undefined;
    this.follow();
  }

  private receive(frame: Frame): void {
    this.list.receive(frame);
    this.typing.receive(frame);
    this.othersReads.receive(frame);
    if (frame.type === 'chat' && frame.chatId === this.open?.chat.id) this.reopenEnded();
  }

  private followInbox(): void {
    if (this.inbox.isLive) this.list.compare(this.inbox.numbers);
    else this.othersReads.forget();
    this.listener.onChange();
  }

  private follow(): void {
    const { list, open } = this;
    const chat = list.get(open?.chat.id);
    if (chat && chat !== open?.chat) open?.listed(chat);
    this.openSelected();
    this.followUnsent();
  }

  private followUnsent(): void {
    this.dropLeft();
    this.listener.onChange();
  }

  private loadSelected(): void {
    const { selected, list } = this;
    if (!this.closed && selected !== null && list.all && !list.get(selected)) void list.refresh(selected);
  }

  /** A chat that is not in a part of the list may be in the rest. */
  private dropLeft(): void {
    const { all, isWhole } = this.list;
    if (!all || !isWhole || this.closed) return;
    const dropped = this.unsent.dropLeft(
      new Set([this.selected ?? undefined, this.open?.chat.id, ...all.map(({ id }) => id)]),
    );
    if (dropped > 0) this.listener.onDropped(dropped);
  }

  /** An open chat stays open even if it leaves the list, so that the user can see why. */
  private openSelected(): void {
    if (this.closed || this.selected === (this.open?.chat.id ?? null)) return;
    const chat = this.list.get(this.selected ?? undefined);
    const before = this.open;
    this.open = chat && this.opened(chat);
    if (before) this.leave(before);
  }

  private opened(chat: Chat): OpenChat {
    const { userId, inbox, blocks } = this;
    const onChange = () => this.listener.onChange();
    const own = { unsent: this.unsent.in(chat.id), sending: this.unsent.senderOf(chat.id) };
    const early = this.early.take(chat.id);
    return new OpenChat(this.api, this.session, { chat, userId, inbox, blocks, ...own, early, onChange });
  }

  /** The list knows at once what the user has read: the server's next answer may come after they return to the chat. */
  private leave(open: OpenChat): void {
    this.closing = open.close();
    if (this.inbox.isLive) this.othersReads.follow(open);
    const { unread, reader } = open.realtime;
    if (reader.messages.length === 0) return;
    const { count } = unread;
    const mentionCount = count && (this.list.get(open.chat.id)?.mentionCount ?? 0);
    this.list.update(open.chat.id, { unreadCount: count, mentionCount, markedUnread: undefined });
    // Which of the messages that are left mention the user, and which are the user's own, only the server knows.
    if (count > 0) void this.list.refresh(open.chat.id);
  }
}
