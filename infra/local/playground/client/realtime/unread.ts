import type { Message } from '#shared/contract/chats/message.ts';
import type { Api } from '../rest/api.ts';
import { firstSize, type KnownAtOpening, type NewestPage } from './pages.ts';
import { ReadMarks } from './read-marks.ts';
import type { Reader } from './reader.ts';

interface UnreadIn {
  chatId: string;
  userId: string;
  reader: Reader;
  opening: KnownAtOpening;
}

/** What is unread in an open chat: where it began, how much is left, and how far the user has read. */
export class Unread {
  /** The number of the first message that was unread when the chat was opened. */
  first: number | undefined;
  private readonly api: Api;
  private readonly chat: UnreadIn;
  private readonly marks: ReadMarks;

  constructor(api: Api, chat: UnreadIn) {
    this.api = api;
    this.chat = chat;
    const { chatId, userId } = chat;
    // A mark that is sent late must not become that of somebody who has signed in since.
    this.marks = new ReadMarks(async (seq) => api.userId === userId && api.markRead(chatId, seq));
  }

  /**
   * Finds the first unread message as the chat opens, with its newest page. Returns the page around it if it is above: so
   * many may be unread, or the user may have written so much since.
   */
  async find(newest: Promise<NewestPage>): Promise<readonly Message[]> {
    const { reader, opening } = this.chat;
    const { lastSeq, unreadCount } = opening;
    if (unreadCount === 0 || reader.restarts > 0) return [];
    // The first of so many is probably not on the page.
    const [page, mark] = await Promise.all([newest, unreadCount > firstSize ? this.readMark() : undefined]);
    const counted = page.messages.filter((message) => message.seq <= lastSeq && this.isOfOthers(message));
    const onPage = counted.at(-unreadCount);
    this.begin(onPage);
    return onPage ? [] : await this.findAbove(mark ?? (await this.readMark()));
  }

  /** The user's mark, which the server knows. */
  private async readMark(): Promise<number | undefined> {
    const { chats } = await this.api.chats.listUnread();
    return chats.find(({ chatId }) => chatId === this.chat.chatId)?.readSeq;
  }

  private async findAbove(readSeq: number | undefined): Promise<readonly Message[]> {
    if (readSeq === undefined) return [];
    const { chatId } = this.chat;
    let { messages } = await this.api.listMessages(chatId, { around: readSeq + 1, limit: firstSize });
    for (;;) {
      const first = messages.find((message) => message.seq > readSeq && this.isOfOthers(message));
      this.begin(first);
      const last = messages.at(-1);
      if (first || !last) return messages;
      // All of these are the user's own, so the first unread one is further down.
      messages = (await this.api.listMessages(chatId, { after: last.seq })).messages;
    }
  }

  private begin(first: Message | undefined): void {
    if (!first) return;
    this.first = first.seq;
    // Between the server's mark and this message there may be some of the user's own.
    this.marks.learn(first.seq - 1);
  }

  /** How many messages of others the user has not seen yet. */
  get count(): number {
    const { reader, opening } = this.chat;
    const { messages } = reader;
    const newest = messages.at(-1);
    if (!newest) return opening.unreadCount;
    const { highest } = this.marks;
    const loaded = messages.filter((message) => message.seq > highest && this.isOfOthers(message));
    // Numbers that are not loaded may be of the user's own messages, which the chat's count leaves out.
    const most = opening.unreadCount + Math.max(0, newest.seq - opening.lastSeq);
    return Math.min(most, loaded.length + reader.unloadedAfter(highest));
  }

  /** The server knows this mark of the user already. */
  learn(seq: number): void {
    this.marks.learn(seq);
  }

  /** The user has seen the messages up to this one. Their own need no mark. Returns whether that is news. */
  read(seq: number): boolean {
    const { messages } = this.chat.reader;
    const newest = messages.findLast((message) => message.seq <= seq && this.isOfOthers(message));
    // The reader does not know who wrote what it has not loaded.
    const isHistory = seq < (messages[0]?.seq ?? 0);
    const read = newest?.seq ?? (isHistory ? seq : 0);
    if (read <= this.marks.highest) return false;
    this.marks.read(read);
    return true;
  }

  flush(): Promise<void> {
    return this.marks.flush();
  }

  private isOfOthers({ userId }: Message): boolean {
    return userId !== this.chat.userId;
  }
}
