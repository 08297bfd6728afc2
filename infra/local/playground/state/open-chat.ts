import type { Chat } from '#shared/contract/chats/chat.ts';
import { newId } from '../client/new-id.ts';
import { ChatRealtime } from '../client/realtime/realtime.ts';
import { type Timer, times } from '../client/realtime/times.ts';
import type { Api } from '../client/rest/api.ts';
import type { Session } from '../client/rest/session.ts';
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
  /** Questions that the assistant has not answered yet, each under a random key. */
  readonly questions = new Map<string, string>();
  private readonly api: Api;
  private readonly session: Session;
  private readonly userId: string;
  private readonly onChange: () => void;
  private readonly names = new Map<string, string>();
  private loadTimer: Timer;
  private closed = false;

  constructor(api: Api, session: Session, { chat, userId, unsent, onChange }: Opening) {
    this.api = api;
    this.session = session;
    this.chat = chat;
    this.atFirst = chat;
    this.userId = userId;
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
          void this.keepLoadingParticipants();
        },
      },
    );
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
      this.names.get(userId) ?? this.realtime.reader.messages.findLast((message) => message.userId === userId)?.userName
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

  /** Until it succeeds or the connection ends: without it, names and read marks would be missing. */
  private async keepLoadingParticipants(): Promise<void> {
    clearTimeout(this.loadTimer);
    if (this.closed || this.realtime.state.name !== 'live') return;
    try {
      await this.loadParticipants();
    } catch {
      this.loadTimer = setTimeout(() => void this.keepLoadingParticipants(), times.repeat.max);
    }
  }

  /** Loads what the messages do not contain: the participants' names and read marks. */
  private async loadParticipants(): Promise<void> {
    const { id, type, name, participantIds } = this.chat;
    const { reads } = await this.api.listReads(id);
    for (const { userId, seq } of reads) this.realtime.read(userId, seq);
    if (type === 'direct')
      for (const userId of participantIds) {
        const { user } = this.session;
        this.names.set(userId, userId === user?.id ? user.name : name);
      }
    else for (const member of (await this.api.getGroup(id)).group.members) this.names.set(member.userId, member.name);
    this.onChange();
  }
}
