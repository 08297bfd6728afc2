import type { Message } from '#shared/contract/chats/message.ts';
import { type Api, pageSize } from '../rest/api.ts';
import type { Reader } from './reader.ts';

/** Reads a chat's messages over REST. */
export class Pages {
  private readonly api: Api;
  private readonly chatId: string;
  private readonly reader: Reader;
  /** Once the newest page is loaded, only messages after the cursor are requested. */
  private loadedNewest = false;

  constructor(api: Api, chatId: string, reader: Reader) {
    this.api = api;
    this.chatId = chatId;
    this.reader = reader;
  }

  /** From now on everything is loaded anew. */
  forget(): void {
    this.loadedNewest = false;
  }

  /** Yields missing messages page by page: the newest page at first, later everything after the cursor. */
  async *missed(): AsyncGenerator<Message[]> {
    if (!this.loadedNewest) return yield await this.newest();
    for (let after = this.reader.cursor; ; ) {
      const { messages, epoch } = await this.api.listMessages(this.chatId, { after });
      // A backup was restored: the numbers may belong to other messages now.
      if (epoch !== this.reader.changes.epoch) return yield await this.newest();
      yield messages;
      after = messages.at(-1)?.seq ?? after;
      if (messages.length < pageSize) return;
    }
  }

  private async newest(): Promise<Message[]> {
    const { messages, rev, epoch } = await this.api.listMessages(this.chatId);
    this.reader.restart(messages, rev, epoch);
    this.loadedNewest = true;
    return messages;
  }

  /** Loads the page before the oldest message; `more` is false when it was the first page of the chat. */
  async older(): Promise<{ messages: Message[]; more: boolean }> {
    const [oldest] = this.reader.messages;
    if (!oldest || oldest.seq === 1) return { messages: [], more: false };
    const { messages } = await this.api.listMessages(this.chatId, { before: oldest.seq });
    // The list has begun anew meanwhile: this page does not belong above it.
    if (this.reader.messages[0]?.seq !== oldest.seq) return { messages: [], more: true };
    return { messages, more: messages.length === pageSize };
  }
}
