import type { Chat } from '#shared/contract/chats/chat.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import { newId } from '../client/new-id.ts';
import { ChatRealtime } from '../client/realtime/realtime.ts';
import { type Timer, times } from '../client/realtime/times.ts';
import type { Api } from '../client/rest/api.ts';
import type { Session } from '../client/rest/session.ts';
import { Deletions } from './changes/deletions.ts';
import { Editing } from './changes/editing.ts';
import { Reactions } from './changes/reactions.ts';
import { mayEdit } from './changes/rights.ts';
import { loadParticipants, type Participant, type Role } from './participants.ts';
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
  readonly reactions: Reactions;
  readonly deletions: Deletions;
  readonly editing: Editing;
  /** Questions that the assistant has not answered yet, each under a random key. */
  readonly questions = new Map<string, string>();
  private readonly api: Api;
  private readonly session: Session;
  readonly userId: string;
  private readonly onChange: () => void;
  /** Known once the chat is connected. */
  private participants: ReadonlyMap<string, Participant> = new Map();
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
    const { messages } = api;
    const take = async (answer: Promise<{ message: Message }>) => this.realtime.change((await answer).message);
    this.reactions = new Reactions(userId, {
      send: (id, emoji, mine) => take(messages[mine ? 'react' : 'unreact'](chat.id, id, emoji)),
      list: async (id) => (await messages.listReactions(chat.id, id)).reactions,
      onChange,
    });
    this.deletions = new Deletions({
      // Somebody else may have signed in since.
      send: async ({ id }) => api.userId === userId && take(messages.delete(chat.id, id)),
      onChange,
    });
    this.editing = new Editing({
      find: (id) => this.realtime.reader.get(id),
      send: (id, content) => take(messages.edit(chat.id, id, content)),
      onChange,
    });
    if (chat.unreadCount === 0) this.realtime.read(userId, chat.lastSeq);
    this.realtime.start();
  }

  /** The list of chats has been loaded again. */
  listed(chat: Chat): void {
    this.chat = chat;
    this.realtime.hear(chat);
  }

  /** Resolves when the server knows what the user has read and deleted, or did not answer. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.loadTimer);
    await Promise.all([this.realtime.stop(), this.deletions.flush()]);
  }

  /** Call this when the user leaves the page, which may never run again. */
  sleep(): void {
    this.realtime.sleep();
    void this.deletions.flush();
  }

  /** The name of a participant, if it is known already. */
  nameOf(userId: string): string | undefined {
    return (
      this.participants.get(userId)?.name ??
      this.realtime.reader.messages.findLast((message) => message.userId === userId)?.userName
    );
  }

  /** The role of a participant, if it is known already. */
  readonly roleOf = (userId: string): Role | undefined => this.participants.get(userId)?.role;

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

  /** Whether a message is deleted, or will be unless the user changes their mind. */
  isDeleted({ id, deletedAt }: Message): boolean {
    return deletedAt !== undefined || this.deletions.stateOf(id) !== undefined;
  }

  /** Edits the user's last message, if it is loaded. */
  editLast(): void {
    const last = this.realtime.reader.messages.findLast(
      (message) => mayEdit(message, this) && !this.isDeleted(message),
    );
    if (last) this.editing.begin(last);
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

  /** Loads what the messages do not contain: the participants' names, roles and read marks. */
  private async loadParticipants(): Promise<void> {
    const { reads } = await this.api.listReads(this.chat.id);
    for (const { userId, seq } of reads) this.realtime.read(userId, seq);
    this.participants = await loadParticipants(this.api, this.chat, this.session.user);
    this.onChange();
  }
}
