import { firstPage, type NewestPage } from '../client/realtime/pages.ts';
import type { Api } from '../client/rest/api.ts';

/** The first page of the chat in the address, requested while the list of chats is on its way. */
export class EarlyPage {
  private readonly api: Api;
  private chatId: string | undefined;
  private page: Promise<NewestPage> | undefined;

  constructor(api: Api) {
    this.api = api;
  }

  request(chatId: string): void {
    if (this.chatId === chatId) return;
    this.chatId = chatId;
    this.page = firstPage(this.api, chatId);
    // The chat says why, if it opens.
    this.page.catch(() => {});
  }

  /** The page, if this chat is the first one that opens: later there are newer messages. */
  take(chatId: string): Promise<NewestPage> | undefined {
    const page = this.chatId === chatId ? this.page : undefined;
    this.page = undefined;
    return page;
  }
}
