import type { listMessages } from '#shared/contract/chats/list-messages.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import type { ResponseOf } from '#shared/contract/endpoint.ts';
import { type Api, pageSize } from '../rest/api.ts';
import type { Reader } from './reader.ts';

/** The newest messages of a chat, with its cursor over changes. */
export type NewestPage = ResponseOf<typeof listMessages>;

/** A chat opens with this many messages, about two screens of a phone: a smaller page arrives sooner. */
export const firstSize = 25;

/** Loads the messages with which a chat opens. */
export const firstPage = (api: Api, chatId: string): Promise<NewestPage> =>
  api.listMessages(chatId, { limit: firstSize });

/** What is known of a chat as it opens. */
export interface KnownAtOpening {
  lastSeq: number;
  unreadCount: number;
  /** The answer to `firstPage`, requested before. */
  early?: Promise<NewestPage> | undefined;
}

/** Reads a chat's messages over REST. */
export class Pages {
  private readonly api: Api;
  private readonly chatId: string;
  private readonly reader: Reader;
  private readonly opening: KnownAtOpening;

  constructor(api: Api, chatId: string, reader: Reader, opening: KnownAtOpening) {
    this.api = api;
    this.chatId = chatId;
    this.reader = reader;
    this.opening = opening;
  }

  /** Loads the newest page. */
  async newest(): Promise<NewestPage> {
    const { early, lastSeq, unreadCount } = this.opening;
    this.opening.early = undefined;
    // Half of a small page may be the user's own messages: the first unread one would not be on it, and would need two more
    // requests. If it can't be on a large one either, a small one will do: nobody sees the
    // newest messages yet.
    if (unreadCount > firstSize / 2 && unreadCount <= pageSize) return this.api.listMessages(this.chatId);
    // An early page that failed is requested again: by now the user may have been added to the chat.
    const page = await early?.catch(() => undefined);
    // A page without the newest unread messages would show the line above the wrong one.
    const isCurrent = (page?.messages.at(-1)?.seq ?? 0) >= lastSeq;
    return page && isCurrent ? page : firstPage(this.api, this.chatId);
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
