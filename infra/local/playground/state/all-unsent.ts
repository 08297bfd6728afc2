import { ClosedChat } from '../client/realtime/closed-chat.ts';
import type { Api } from '../client/rest/api.ts';
import { SavedUnsent } from './saved-unsent.ts';
import { Unsent } from './unsent.ts';

/**
 * What one user has written and not sent yet, in all chats. It survives a reload. Messages are sent by themselves for a day,
 * those of each chat in their order: an open chat sends its own, the others go out over REST.
 */
export class AllUnsent {
  private readonly api: Api;
  private readonly userId: string;
  private readonly onChange: () => void;
  private readonly saved: SavedUnsent;
  private readonly byChat = new Map<string, Unsent>();
  private readonly closedChats = new Map<string, ClosedChat>();
  private stopped = false;

  constructor(api: Api, userId: string, onChange: () => void) {
    this.api = api;
    this.userId = userId;
    this.onChange = onChange;
    this.saved = new SavedUnsent(userId);
    for (const { chatId, message } of this.saved.messages()) this.in(chatId).outbox.restore(message);
  }

  in(chatId: string): Unsent {
    const unsent = this.byChat.get(chatId) ?? new Unsent(chatId, this.saved);
    this.byChat.set(chatId, unsent);
    return unsent;
  }

  /** How many messages are not in their chats yet. */
  get count(): number {
    return Array.from(this.byChat.values(), ({ outbox }) => outbox.all.length).reduce((sum, one) => sum + one, 0);
  }

  /** Sends what waits in all chats but the one that is open. Call this when the server can be reached. */
  sendAllBut(openChatId: string | undefined): void {
    if (this.stopped) return;
    for (const [chatId, { outbox }] of this.byChat)
      if (chatId !== openChatId && outbox.next) this.closedChat(chatId).transmit();
  }

  /** Deletes the messages to chats that the user has left, but for the chats that are in view. Returns their number. */
  dropLeft(inView: Set<string | undefined>): number {
    let dropped = 0;
    for (const [chatId, { outbox }] of this.byChat) {
      const { all } = outbox;
      if (inView.has(chatId) || !all.some(({ refusal }) => refusal?.code === 'not_a_participant')) continue;
      for (const { clientId } of all) outbox.remove(clientId);
      dropped += all.length;
    }
    return dropped;
  }

  /** The open chat sends its messages over its socket. */
  opened(chatId: string): void {
    this.closedChats.get(chatId)?.stop();
    this.closedChats.delete(chatId);
  }

  /** The session has ended: what is saved waits for the same user's next one. */
  stop(): void {
    this.stopped = true;
    this.saved.close();
    for (const chat of this.closedChats.values()) chat.stop();
  }

  /** The user has signed out: nothing of theirs stays in this browser. */
  forget(): void {
    this.stop();
    this.saved.clear();
  }

  private closedChat(chatId: string): ClosedChat {
    const { api, userId } = this;
    const key = { chatId, userId, outbox: this.in(chatId).outbox };
    const chat = this.closedChats.get(chatId) ?? new ClosedChat(api, key, this.onChange);
    this.closedChats.set(chatId, chat);
    return chat;
  }
}
