import type { listMessages } from '#shared/contract/chats/list-messages.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import type { ResponseOf } from '#shared/contract/endpoint.ts';
import { type Api, pageSize } from '../rest/api.ts';
import type { Reader } from './reader.ts';

/** The newest messages of a chat, with its cursor over changes. */
export type NewestPage = ResponseOf<typeof listMessages>;

/** A chat opens with so many messages, which fill a phone's screen twice: the page is there sooner than with a whole page. */
const firstSize = 25;

/** Loads the messages with which a chat opens. */
export const firstPage = (api: Api, chatId: string): Promise<NewestPage> =>
  api.listMessages(chatId, { limit: firstSize });

/** What is known when a chat opens. */
export interface FirstPage {
  unreadCount?: number;
  /** The answer to `firstPage`, requested before. */
  early?: Promise<NewestPage> | undefined;
}

/** Reads a chat's messages over REST. */
export class Pages {
  private readonly api: Api;
  private readonly chatId: string;
  private readonly reader: Reader;
  private readonly unreadCount: number;
  private early: Promise<NewestPage> | undefined;

  constructor(api: Api, chatId: string, reader: Reader, { unreadCount = 0, early }: FirstPage = {}) {
    this.api = api;
    this.chatId = chatId;
    this.reader = reader;
    this.unreadCount = unreadCount;
    this.early = early;
  }

  /** Loads the newest page, with which the reader begins anew. */
  async newest(): Promise<Message[]> {
    const { messages, rev, epoch } = await this.requestNewest();
    this.reader.restart(messages, rev, epoch);
    return messages;
  }

  private requestNewest(): Promise<NewestPage> {
    const { early } = this;
    this.early = undefined;
    // The first unread one is on the page too, though as many may be the user's own.
    if (this.unreadCount > firstSize / 2) return this.api.listMessages(this.chatId);
    return early ?? firstPage(this.api, this.chatId);
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
