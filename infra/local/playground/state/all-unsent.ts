import { ChatSender } from '../client/realtime/inbox/chat-sender.ts';
import type { Inbox } from '../client/realtime/inbox/inbox.ts';
import { OpenTab } from './open-tab.ts';
import { SavedUnsent } from './saved-unsent.ts';
import { Unsent } from './unsent.ts';

/**
 * What one user has written and not sent yet, in all chats. It survives a reload. Messages are sent by themselves for a day,
 * those of each chat in their order, by the tab in which they were written; by another one when that is closed.
 */
export class AllUnsent {
  private readonly inbox: Inbox;
  private readonly userId: string;
  private readonly onChange: () => void;
  private readonly tab = new OpenTab();
  /** The tabs whose messages this one takes over when they are closed. */
  private readonly others = new Set<string>();
  private readonly saved: SavedUnsent;
  private readonly byChat = new Map<string, Unsent>();
  private readonly senders = new Map<string, ChatSender>();

  constructor(inbox: Inbox, userId: string, onChange: () => void) {
    this.inbox = inbox;
    this.userId = userId;
    this.onChange = onChange;
    this.saved = new SavedUnsent(userId, this.tab.id);
    this.followOthers();
  }

  /** Another tab has changed this key of the browser's storage. */
  hear(key: string | null): void {
    // Over plain HTTP nobody knows whether that tab is open: it sends its messages itself.
    if (navigator.locks && this.saved.isMessage(key)) this.followOthers();
  }

  in(chatId: string): Unsent {
    const unsent = this.byChat.get(chatId) ?? new Unsent(chatId, this.saved);
    this.byChat.set(chatId, unsent);
    return unsent;
  }

  /** What sends the messages of a chat. It goes on when the chat is closed. */
  senderOf(chatId: string): ChatSender {
    const { inbox, userId } = this;
    const known = this.senders.get(chatId);
    if (known) return known;
    const key = { inbox, chatId, userId, outbox: this.in(chatId).outbox };
    const sender = new ChatSender(key, this.onChange);
    this.senders.set(chatId, sender);
    sender.start();
    return sender;
  }

  /** How many messages are not in their chats yet, those of other tabs included. */
  get count(): number {
    const own = [...this.byChat.values()].flatMap(({ outbox }) => outbox.all);
    const saved = this.saved.messages().map(({ message }) => message);
    return new Set([...own, ...saved].map(({ clientId }) => clientId)).size;
  }

  /** How many chats have a text or files in their message boxes. */
  get drafts(): number {
    const chatIds = new Set([...this.byChat.keys(), ...this.saved.draftChats()]);
    return [...chatIds].filter((chatId) => this.in(chatId).hasDraft).length;
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

  /** The session has ended: what is saved waits for the same user's next one. */
  stop(): void {
    this.tab.close();
    this.saved.close();
    for (const { outbox, tray } of this.byChat.values()) {
      tray.clear();
      outbox.release();
    }
    for (const sender of this.senders.values()) sender.stop();
  }

  /** The user has signed out: nothing of theirs stays in this browser. */
  forget(): void {
    this.stop();
    this.saved.clear();
  }

  private followOthers(): void {
    for (const { tab } of this.saved.messages()) {
      if (tab === this.tab.id || this.others.has(tab)) continue;
      this.others.add(tab);
      this.tab.after(tab, () => this.takeOver(tab));
    }
  }

  private takeOver(tab: string): void {
    const messages = this.saved.messages().filter((one) => one.tab === tab);
    for (const { chatId, message } of messages) this.senderOf(chatId).sender.restore(message);
  }
}
