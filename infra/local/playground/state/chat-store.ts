import type { Chat } from '#shared/contract/chats/chat.ts';
import type { Notifications, Place } from '#shared/contract/chats/own-settings.ts';
import type { Api } from '../client/rest/api.ts';
import type { Session } from '../client/rest/session.ts';
import { AllUnsent } from './all-unsent.ts';
import { OpenChat } from './open-chat.ts';

/** The chats of the signed-in user and the one that is open. It calls `onChange` whenever a view is out of date. */
export class ChatStore {
  readonly userId: string;
  readonly unsent: AllUnsent;
  onChange = () => {};
  /** Newest message first; undefined until the first answer. */
  all: Chat[] | undefined;
  open: OpenChat | undefined;
  /** The id of the chat to open, which may not be in the list yet. */
  selected: string | null = null;
  /** The session has ended. */
  closed = false;
  /** How many answers have changed the list since it was loaded first. */
  private changes = 0;
  private readonly api: Api;
  private readonly session: Session;
  /** The last read mark of the chat that was closed is on its way: until then its count of unread messages is too high. */
  private closing: Promise<void> = Promise.resolve();

  constructor(api: Api, session: Session, userId: string) {
    this.api = api;
    this.session = session;
    this.userId = userId;
    this.unsent = new AllUnsent(api, userId, () => this.onChange());
  }

  /** The chats with their unread messages as far as known: the open chat knows itself what the user has read. */
  get counted(): Chat[] {
    const { all = [], open } = this;
    const unreadCount = open?.realtime.unread ?? 0;
    return all.map((chat) => {
      if (chat.id !== open?.chat.id) return chat;
      return { ...chat, unreadCount, mentionCount: unreadCount && chat.mentionCount, markedUnread: undefined };
    });
  }

  /** Loads the list. Returns how many unsent messages were deleted because the user has left their chats. */
  async refresh(): Promise<number> {
    await this.closing;
    if (this.closed) return 0;
    const { chats, cursor } = await this.loadList();
    this.all = chats;
    const chat = chats.find(({ id }) => id === this.open?.chat.id);
    if (chat) this.open?.listed(chat);
    this.openSelected();
    const inView = new Set([this.open?.chat.id, ...chats.map(({ id }) => id)]);
    // A chat that is not in a part of the list may be in the rest.
    const dropped = cursor === undefined ? this.unsent.dropLeft(inView) : 0;
    this.unsent.sendAllBut(this.open?.chat.id);
    this.onChange();
    return dropped;
  }

  async setNotifications(chatId: string, notifications: Notifications): Promise<void> {
    this.changed(chatId, await this.api.chats.setNotifications(chatId, notifications));
  }

  /** What `place` leaves out stays as it is. */
  async setPlace(chatId: string, place: Partial<Place>): Promise<void> {
    this.changed(chatId, await this.api.chats.setPlace(chatId, place));
  }

  /** Marks the last message of a chat that the user has read as unread. Closes the chat first: it would be read again. */
  async markUnread(id: string): Promise<void> {
    if (this.open?.chat.id === id) this.select(null);
    await this.closing;
    const { chats } = await this.api.chats.listUnread();
    const { readSeq = 0 } = chats.find(({ chatId }) => chatId === id) ?? {};
    await this.api.chats.markUnread(id, Math.max(1, readSeq));
    this.changed(id, { markedUnread: true });
    await this.refresh();
  }

  /** Opens a chat in place of the one before, or closes that with null. A chat that is not listed yet opens after a refresh. */
  select(chatId: string | null): void {
    this.selected = chatId;
    if (chatId === null || this.all?.some(({ id }) => id === chatId)) this.openSelected();
    this.onChange();
  }

  /** The session has ended or ends now. Resolves when the server knows what the user has read, or did not answer. */
  async close(): Promise<void> {
    this.closed = true;
    this.unsent.stop();
    await this.open?.close();
  }

  /** A list that was requested before an answer to a change may not have it yet, and is loaded again. */
  private async loadList(): Promise<Awaited<ReturnType<Api['listChats']>>> {
    const { changes } = this;
    const list = await this.api.listChats();
    return changes === this.changes ? list : this.loadList();
  }

  /** The server has changed something about a chat for the user. */
  private changed(chatId: string, fields: Partial<Chat>): void {
    this.changes++;
    this.all = this.all?.map((chat) => (chat.id === chatId ? { ...chat, ...fields } : chat));
    this.onChange();
  }

  /** An open chat stays open even if it leaves the list, so that the user can see why. */
  private openSelected(): void {
    if (this.closed || this.selected === (this.open?.chat.id ?? null)) return;
    const chat = this.all?.find(({ id }) => id === this.selected);
    if (this.open) this.leave(this.open);
    if (chat) this.unsent.opened(chat.id);
    const { userId } = this;
    const onChange = () => this.onChange();
    const opening = chat && { chat, userId, unsent: this.unsent.in(chat.id), onChange };
    this.open = opening && new OpenChat(this.api, this.session, opening);
  }

  /** The list knows at once what the user has read: the server's next answer may come after they return to the chat. */
  private leave(open: OpenChat): void {
    const chat = this.all?.find(({ id }) => id === open.chat.id);
    if (chat) chat.unreadCount = open.realtime.unread;
    if (chat?.unreadCount === 0) chat.mentionCount = 0;
    delete chat?.markedUnread;
    this.closing = open.close();
  }
}
