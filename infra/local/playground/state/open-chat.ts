import type { Chat } from '#shared/contract/chats/chat.ts';
import type { Message, Quote } from '#shared/contract/chats/message.ts';
import { newId } from '../client/new-id.ts';
import { ChatRealtime } from '../client/realtime/realtime.ts';
import { type Timer, times } from '../client/realtime/times.ts';
import type { Api } from '../client/rest/api.ts';
import type { Session } from '../client/rest/session.ts';
import { Members } from './members.ts';
import { Pins } from './pins.ts';
import { quoteOf } from './quote.ts';
import { Timeline } from './timeline.ts';
import type { Unsent } from './unsent.ts';

interface Opening {
  chat: Chat;
  userId: string;
  unsent: Unsent;
  onChange(): void;
}

/** The state of the chat that is open. It calls `onChange` whenever a view of it is out of date. */
export class OpenChat {
  chat: Chat;
  readonly unsent: Unsent;
  /** The chat as it was when it was opened. */
  private readonly atFirst: Chat;
  readonly realtime: ChatRealtime;
  readonly members: Members;
  readonly pins: Pins;
  readonly timeline: Timeline;
  /** Questions that the assistant has not answered yet, each under a random key. */
  readonly questions = new Map<string, string>();
  private readonly api: Api;
  private readonly userId: string;
  private readonly onChange: () => void;
  private loadTimer: Timer;
  private closed = false;

  constructor(api: Api, session: Session, { chat, userId, unsent, onChange }: Opening) {
    this.api = api;
    this.chat = chat;
    this.atFirst = chat;
    this.userId = userId;
    this.members = new Members(api, session, userId);
    this.pins = new Pins(api, chat.id);
    this.unsent = unsent;
    this.onChange = onChange;
    this.realtime = new ChatRealtime(
      api,
      { chatId: chat.id, userId, outbox: unsent.outbox },
      {
        onMessages: onChange,
        onDrafts: onChange,
        onState: () => {
          onChange();
          void this.keepLoadingDetails();
        },
      },
    );
    this.timeline = new Timeline(api, chat.id, this.realtime, onChange);
    if (chat.unreadCount === 0) this.realtime.read(userId, chat.lastSeq);
    this.realtime.start();
  }

  /** Resolves when the server knows what the user has read, or did not answer. */
  close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.loadTimer);
    return this.realtime.stop();
  }

  /** The name of a participant, if it is known already. */
  nameOf(userId: string): string | undefined {
    return (
      this.members.nameOf(userId) ??
      this.realtime.reader.messages.findLast((message) => message.userId === userId)?.userName
    );
  }

  /** The number up to which at least one other participant has read. */
  get readByOthers(): number {
    let highest = 0;
    for (const [reader, seq] of this.realtime.reads) if (reader !== this.userId && seq > highest) highest = seq;
    return highest;
  }

  /** The number of the first message that was unread when the chat was opened, once it is loaded. */
  get firstUnread(): number | undefined {
    const { unreadCount, lastSeq } = this.atFirst;
    const { messages } = this.realtime.reader;
    const countable = messages.filter(({ seq, userId }) => seq <= lastSeq && userId !== this.userId);
    return unreadCount > 0 ? countable.at(-unreadCount)?.seq : undefined;
  }

  /** The text in the message box replies to this message, or to none. */
  reply(message: Message | undefined): void {
    this.unsent.replyTo = message && quoteOf(message);
    this.onChange();
  }

  /** A quote in the message's state of now, if the message is loaded. */
  current(quote: Quote): Quote {
    const isQuoted = ({ id }: Message) => id === quote.messageId;
    const loaded = this.timeline.messages.find(isQuoted) ?? this.realtime.reader.messages.find(isQuoted);
    return loaded ? quoteOf(loaded) : quote;
  }

  /** Sends a text with what the message box says besides, empties the box and shows the newest messages. */
  send(content: string): void {
    if (this.timeline.isPast) this.timeline.toNewest();
    this.realtime.send(content, this.unsent.takeAddress());
  }

  /** Puts text into the message box. */
  write(text: string): void {
    this.unsent.text = text;
    this.onChange();
  }

  /** Asks the assistant; the answer arrives as a message. A refused question returns to the message box. */
  async ask(question: string): Promise<void> {
    const key = newId();
    this.questions.set(key, question);
    this.onChange();
    try {
      await this.api.ask(this.chat.id, question, this.unsent.idOfQuestion(question));
      this.unsent.answered(question);
    } catch (error) {
      this.unsent.putBack(question);
      throw error;
    } finally {
      this.questions.delete(key);
      this.onChange();
    }
  }

  async pin({ id }: Message): Promise<void> {
    this.changed((await this.api.pin(this.chat.id, id)).message);
  }

  async unpin({ id }: Message): Promise<void> {
    this.changed((await this.api.unpin(this.chat.id, id)).message);
  }

  /** Loads the members whose names are not known yet. Without an answer, the list of members stays as it is. */
  async loadMembers(): Promise<void> {
    await this.members.loadAll(this.chat).catch(() => {});
    this.onChange();
  }

  /** A message is as follows now. */
  private changed(message: Message): void {
    this.pins.take(message);
    this.timeline.change(message);
    this.onChange();
  }

  /** Until it succeeds or the connection ends: without it, names and read marks would be missing. */
  private async keepLoadingDetails(): Promise<void> {
    clearTimeout(this.loadTimer);
    if (this.closed || this.realtime.state.name !== 'live') return;
    try {
      await this.loadDetails();
    } catch {
      this.loadTimer = setTimeout(() => void this.keepLoadingDetails(), times.repeat.max);
    }
  }

  /** Loads what the messages do not contain: the participants' names and read marks, and the pinned messages. */
  private async loadDetails(): Promise<void> {
    const { reads } = await this.api.listReads(this.chat.id);
    for (const { userId, seq } of reads) this.realtime.read(userId, seq);
    await this.members.load(this.chat);
    await this.pins.load();
    this.onChange();
  }
}
