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
    const page = firstPage(this.api, chatId);
    this.chatId = chatId;
    this.page = page;
    // The chat requests it again when it opens: by then the user may have been added to it.
    page.catch(() => {
      if (this.page === page) this.page = undefined;
    });
  }

  /** The page, if it is that of the first chat that opens. */
  take(chatId: string): Promise<NewestPage> | undefined {
    const page = this.chatId === chatId ? this.page : undefined;
    this.page = undefined;
    return page;
  }
}
