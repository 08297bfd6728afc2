import type { Message } from '#shared/contract/chats/message.ts';
import { type Api, pageSize } from './api.ts';
import type { Reader } from './reader.ts';

/** What is read of a chat over REST. */
export class Pages {
  private readonly api: Api;
  private readonly chatId: string;
  private readonly reader: Reader;
  /** Whether the newest page was read: later only what came after the cursor is asked for. */
  private begun = false;

  constructor(api: Api, chatId: string, reader: Reader) {
    this.api = api;
    this.chatId = chatId;
    this.reader = reader;
  }

  /** Page by page what isn't there yet: at first the newest page, later everything after the cursor. */
  async *missed(): AsyncGenerator<Message[]> {
    if (!this.begun) return yield await this.newest();
    for (let after = this.reader.cursor; ; ) {
      const { messages } = await this.api.listMessages(this.chatId, { after });
      yield messages;
      after = messages.at(-1)?.seq ?? after;
      if (messages.length < pageSize) return;
    }
  }

  private async newest(): Promise<Message[]> {
    const { messages } = await this.api.listMessages(this.chatId);
    // What is before this page is history that wasn't asked for, not missing.
    if (messages[0]) this.reader.synced(messages[0].seq - 1);
    this.begun = true;
    return messages;
  }

  /** The page before what is there; `more` is false when nothing is before that. */
  async older(): Promise<{ messages: Message[]; more: boolean }> {
    const [oldest] = this.reader.messages;
    if (!oldest || oldest.seq === 1) return { messages: [], more: false };
    const { messages } = await this.api.listMessages(this.chatId, { before: oldest.seq });
    return { messages, more: messages.length === pageSize };
  }
}
