import type { Message } from '#shared/contract/chats/message.ts';

/** Reads messages again whose files can't be loaded any more because their URLs have expired. */
export class FreshUrls {
  private readonly read: (messageId: string) => Promise<unknown>;
  /** The URLs for which this was tried. */
  private readonly tried = new Set<string>();

  /** `read` reads a message again, whose state in the chat then has current URLs. */
  constructor(read: (messageId: string) => Promise<unknown>) {
    this.read = read;
  }

  /** A file of the message could not be loaded. Each message is read once for the same URLs, however many files it has. */
  async get({ id, attachments: [first] = [] }: Message): Promise<void> {
    if (!first || this.tried.has(first.url)) return;
    this.tried.add(first.url);
    try {
      await this.read(id);
    } catch {
      // Without an answer, the next failure tries again.
      this.tried.delete(first.url);
    }
  }
}
