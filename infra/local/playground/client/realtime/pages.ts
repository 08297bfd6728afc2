import type { Message } from '#shared/contract/chats/message.ts';
import { type Api, pageSize } from '../rest/api.ts';
import type { Reader } from './reader.ts';

/** Reads a chat's messages over REST. */
export class Pages {
  private readonly api: Api;
  private readonly chatId: string;
  private readonly reader: Reader;

  constructor(api: Api, chatId: string, reader: Reader) {
    this.api = api;
    this.chatId = chatId;
    this.reader = reader;
  }

  /** Loads the newest page, with which the reader begins anew. */
  async newest(): Promise<Message[]> {
    const { messages, rev, epoch } = await this.api.listMessages(this.chatId);
    this.reader.restart(messages, rev, epoch);
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
