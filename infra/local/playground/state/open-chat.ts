import type { Chat } from '#shared/contract/chats/chat.ts';
import type { Message, Quote } from '#shared/contract/chats/message.ts';
import type { OutgoingFile } from '../client/files/outgoing-file.ts';
import type { ChatSender } from '../client/realtime/inbox/chat-sender.ts';
import type { Inbox } from '../client/realtime/inbox/inbox.ts';
import type { NewestPage } from '../client/realtime/pages.ts';
import { ChatRealtime } from '../client/realtime/realtime.ts';
import { type KnownQuote, quoteOf } from '../client/realtime/states.ts';
import type { Api } from '../client/rest/api.ts';
import type { Session } from '../client/rest/session.ts';
import type { Blocks } from './blocks.ts';
import { Deletions } from './changes/deletions.ts';
import { Editing } from './changes/editing.ts';
import { Reactions } from './changes/reactions.ts';
import { mayEdit } from './changes/rights.ts';
import { Members } from './members.ts';
import { namesIn } from './mentions.ts';
import { Details } from './open/details.ts';
import { FreshUrls } from './open/fresh-urls.ts';
import type { Role } from './open/membership.ts';
import { TypingSignal } from './open/typing-signal.ts';
import { mayWrite } from './open/writing-rules.ts';
import { Pins } from './pins.ts';
import { Questions } from './questions.ts';
import { Timeline } from './timeline.ts';
import type { Unsent } from './unsent.ts';

interface Opening {
  chat: Chat;
  userId: string;
  inbox: Inbox;
  blocks: Blocks;
  unsent: Unsent;
  sending: ChatSender;
  /** Its first page, if it was requested already. */
  early: Promise<NewestPage> | undefined;
  onChange(): void;
}

/** The state of the chat that is open. It calls `onChange` whenever a view of it is out of date. */
export class OpenChat {
  chat: Chat;
  readonly unsent: Unsent;
  readonly blocks: Blocks;
  readonly realtime: ChatRealtime;
  readonly reactions: Reactions;
  readonly deletions: Deletions;
  readonly editing: Editing;
  readonly members: Members;
  readonly pins: Pins;
  readonly timeline: Timeline;
  readonly questions: Questions;
  readonly typing: TypingSignal;
  readonly userId: string;
  readonly onChange: () => void;
  readonly details: Details;
  readonly freshUrls: FreshUrls;
  /** How many messages and questions the user has sent here. */
  sent = 0;

  constructor(api: Api, session: Session, { chat, userId, inbox, blocks, unsent, sending, early, onChange }: Opening) {
    this.chat = chat;
    this.userId = userId;
    this.unsent = unsent;
    this.blocks = blocks;
    this.onChange = onChange;
    this.members = new Members(api, session, userId);
    this.pins = new Pins(api, chat.id, (message) => this.realtime.change(message));
    this.questions = new Questions(api, chat.id, unsent, onChange);
    this.realtime = new ChatRealtime(
      api,
      { chatId: chat.id, userId, inbox, sending, opening: { ...chat, early } },
      {
        onMessages: () => this.follow(),
        onUnreadPage: (messages) => this.timeline.open(messages),
        onChanged: (message) => this.pins.take(message),
        onDrafts: onChange,
        onState: () => {
          onChange();
          this.details.follow();
        },
      },
    );
    this.details = new Details(api, this);
    this.freshUrls = new FreshUrls(async (id) => this.realtime.change((await api.messages.get(chat.id, id)).message));
    this.typing = new TypingSignal(() => inbox.tell({ type: 'typing', chatId: chat.id }));
    this.timeline = new Timeline(api, chat.id, this.realtime, onChange);
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
    this.editing = new Editing(unsent, {
      find: (id) => this.realtime.reader.get(id),
      namesIn: (message) => namesIn(message, (id) => this.nameOf(id)),
      send: (id, content, mentioned) => take(messages.edit(chat.id, id, { content, ...mentioned })),
      onChange,
    });
    if (chat.unreadCount === 0) this.realtime.read(userId, chat.lastSeq);
    this.realtime.start();
  }

  /** What the list of chats says has changed. */
  listed(chat: Chat): void {
    const { lastRev, epoch } = this.chat;
    this.chat = chat;
    if (chat.lastRev !== lastRev || chat.epoch !== epoch) this.realtime.hear(chat);
  }

  /** Resolves when the server knows what the user has read and deleted, or did not answer. */
  async close(): Promise<void> {
    this.details.stop();
    await Promise.all([this.realtime.stop(), this.deletions.flush()]);
  }

  /** Call this when the network or the user returns. */
  wake(): void {
    this.realtime.wake();
    if (this.realtime.state.name === 'live') void this.details.presence.start();
  }

  /** Call this when the user leaves the page, which may never run again. */
  sleep(): void {
    this.realtime.sleep();
    void this.deletions.flush();
  }

  /** The name of a participant, if it is known already. */
  nameOf(userId: string): string | undefined {
    return (
      this.members.nameOf(userId) ??
      this.realtime.reader.messages.findLast((message) => message.userId === userId)?.userName
    );
  }

  /** The role of a participant, if it is known already. */
  readonly roleOf = (userId: string): Role | undefined => this.members.roleOf(userId);

  /** The text in the message box replies to this message, or to none. */
  reply(message: Message | undefined): void {
    if (message && !mayWrite(this)) return;
    if (this.editing.message) this.editing.cancel();
    this.unsent.replyTo = message && quoteOf(message);
    this.onChange();
  }

  /** A quote in the message's state of now, as far as known. */
  current(quote: Quote): KnownQuote {
    const known = this.realtime.reader.get(quote.messageId);
    return known && (known.version ?? 0) >= quote.version ? quoteOf(known) : quote;
  }

  /** Sends a text with its files and what the message box says besides, empties the box and shows the newest messages. */
  send(content: string): void {
    const files = this.unsent.tray.take();
    this.showNewest();
    this.realtime.send(content, this.unsent.takeAddress(), files.length > 0 ? files : undefined);
    this.typing.sent();
  }

  /** Sends a voice message. The text in the box stays. */
  sendVoice(file: OutgoingFile): void {
    const { replyTo } = this.unsent;
    this.unsent.replyTo = undefined;
    this.showNewest();
    this.realtime.send('', { replyTo }, [file]);
  }

  /** Asks the assistant, and shows the newest messages. */
  ask(question: string): Promise<void> {
    this.showNewest();
    return this.questions.ask(question);
  }

  /** What the user sends appears below them. */
  private showNewest(): void {
    this.sent++;
    if (this.timeline.isPast) this.timeline.toNewest();
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

  /** The messages have changed. */
  private follow(): void {
    this.timeline.follow();
    this.members.follow(this.realtime.reader.messages);
    this.onChange();
  }
}
