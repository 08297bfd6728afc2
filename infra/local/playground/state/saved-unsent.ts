import type { Outgoing } from '../client/realtime/outbox.ts';
import type { DraftAddress } from './mentions.ts';
import { readDraftAddress, readMessage, type SavedMessage } from './read-saved.ts';

/**
 * What one user has written and not sent, in the browser's storage. Each message has a key of its own, so that two tabs do
 * not overwrite each other's. Messages are sent all the same when the storage is full or refused.
 */
export class SavedUnsent {
  private readonly prefix: string;
  private readonly tab: string;
  private closed = false;

  /** `tab` is the id of the tab that sends what is saved. */
  constructor(userId: string, tab: string) {
    this.prefix = `unsent/${userId}/`;
    this.tab = tab;
  }

  /** All messages in the order in which they were written, without those that cannot be read. */
  messages(): SavedMessage[] {
    const found = this.keys('message/').flatMap((key) => {
      const clientId = key.slice(`${this.prefix}message/`.length);
      return readMessage(clientId, attempt(() => localStorage.getItem(key)) ?? '') ?? [];
    });
    return found.sort((a, b) => a.message.writtenAt - b.message.writtenAt);
  }

  /** Whether a key of the storage is that of a message. */
  isMessage(key: string | null): boolean {
    return key?.startsWith(`${this.prefix}message/`) === true;
  }

  saveMessage(chatId: string, { clientId, state, files, ...message }: Outgoing): void {
    const saved = files?.map(({ local, loaded, ...file }) => file);
    this.set(`message/${clientId}`, JSON.stringify({ chatId, tab: this.tab, ...message, files: saved }));
  }

  removeMessage(clientId: string): void {
    this.set(`message/${clientId}`, '');
  }

  /** The ids of the chats with drafts. */
  draftChats(): string[] {
    return this.keys('draft/').map((key) => key.slice(`${this.prefix}draft/`.length));
  }

  draft(chatId: string): string {
    return attempt(() => localStorage.getItem(`${this.prefix}draft/${chatId}`)) ?? '';
  }

  saveDraft(chatId: string, text: string): void {
    this.set(`draft/${chatId}`, text);
  }

  draftAddress(chatId: string): DraftAddress {
    return readDraftAddress(attempt(() => localStorage.getItem(`${this.prefix}address/${chatId}`)) ?? '');
  }

  saveDraftAddress(chatId: string, address: DraftAddress): void {
    const isEmpty = !address.replyTo && address.chosen.length === 0;
    this.set(`address/${chatId}`, isEmpty ? '' : JSON.stringify(address));
  }

  /** From now on nothing is saved or removed any more. */
  close(): void {
    this.closed = true;
  }

  clear(): void {
    for (const key of this.keys('')) attempt(() => localStorage.removeItem(key));
  }

  private keys(kind: string): string[] {
    return attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(this.prefix + kind))) ?? [];
  }

  private set(name: string, value: string): void {
    if (this.closed) return;
    const key = this.prefix + name;
    attempt(() => (value ? localStorage.setItem(key, value) : localStorage.removeItem(key)));
  }
}

/** The browser throws when its storage is full or refused. */
function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
