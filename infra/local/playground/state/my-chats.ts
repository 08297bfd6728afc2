import type { Chat } from '#shared/contract/chats/chat.ts';
import type { Api } from '../client/api.ts';
import type { Session } from '../client/session.ts';
import { OpenChat, Unsent } from './open-chat.ts';

/** What the page has of the chats of the user who is signed in. It outlives the views, which come and go. */
export class MyChats {
  readonly userId: string;
  /** The one with the newest message first; undefined before the first answer. */
  all: Chat[] | undefined;
  open: OpenChat | undefined;
  private readonly api: Api;
  private readonly session: Session;
  private readonly unsent = new Map<string, Unsent>();

  constructor(api: Api, session: Session, userId: string) {
    this.api = api;
    this.session = session;
    this.userId = userId;
  }

  async refresh(): Promise<void> {
    const { chats } = await this.api.listChats();
    this.all = chats;
    const chat = chats.find(({ id }) => id === this.open?.chat.id);
    if (chat && this.open) this.open.chat = chat;
  }

  has(chatId: string): boolean {
    return chatId === this.open?.chat.id || Boolean(this.all?.some(({ id }) => id === chatId));
  }

  /** Opens a chat, and closes the other. One that is open stays so, though it may no longer be in the list. */
  select(chatId: string | null): void {
    if (chatId !== null && chatId === this.open?.chat.id) return;
    this.open?.close();
    const chat = this.all?.find(({ id }) => id === chatId);
    const { userId } = this;
    this.open = chat && new OpenChat(this.api, this.session, { chat, userId, unsent: this.unsentIn(chat.id) });
  }

  unsentIn(chatId: string): Unsent {
    const unsent = this.unsent.get(chatId) ?? new Unsent();
    this.unsent.set(chatId, unsent);
    return unsent;
  }

  close(): void {
    this.open?.close();
  }
}
