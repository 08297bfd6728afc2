import type { Chat } from '#shared/contract/chats/chat.ts';
import type { Api } from '../client/api.ts';
import { Outbox } from '../client/outbox.ts';
import { ChatRealtime } from '../client/realtime.ts';
import type { Session } from '../client/session.ts';

/** What the user has written in a chat that is not in it yet. It is kept until they sign out, whatever is on the screen. */
export class Unsent {
  readonly outbox = new Outbox();
  /** Half a message. */
  text = '';
}

/** What shows an open chat, and is told what to show anew. */
export interface Screen {
  /** Messages, or how far the others have read. */
  showMessages(): void;
  /** What is to become messages: mine on their way, questions and answers. */
  showUpcoming(): void;
  showState(): void;
}

/** What is known of the chat that is open. It outlives its screen, which is made anew in another language. */
export class OpenChat {
  chat: Chat;
  readonly unsent: Unsent;
  readonly realtime: ChatRealtime;
  /** What the assistant was asked and has not answered yet, each under a name of its own. */
  readonly questions = new Map<string, string>();
  screen: Screen | undefined;
  private readonly api: Api;
  private readonly session: Session;
  private readonly names = new Map<string, string>();
  private markedRead: number;

  constructor(api: Api, session: Session, { chat, userId, unsent }: { chat: Chat; userId: string; unsent: Unsent }) {
    this.api = api;
    this.session = session;
    this.chat = chat;
    this.unsent = unsent;
    this.markedRead = chat.lastSeq - chat.unreadCount;
    this.realtime = new ChatRealtime(
      api,
      { chatId: chat.id, userId, outbox: unsent.outbox },
      {
        onMessages: () => this.screen?.showMessages(),
        onDrafts: () => this.screen?.showUpcoming(),
        onState: () => {
          this.screen?.showState();
          if (this.realtime.state.name === 'live') this.learnAboutOthers().catch(() => {});
        },
      },
    );
    this.realtime.start();
  }

  close(): void {
    this.screen = undefined;
    this.realtime.stop();
  }

  /** The name of a participant, as far as it is known. */
  nameOf(userId: string): string | undefined {
    return (
      this.names.get(userId) ?? this.realtime.reader.messages.findLast((message) => message.userId === userId)?.userName
    );
  }

  /** Up to which number at least one of the others has read. */
  readByOthers(userId: string): number {
    let highest = 0;
    for (const [reader, seq] of this.realtime.reads) if (reader !== userId && seq > highest) highest = seq;
    return highest;
  }

  markRead(seq: number): void {
    if (seq <= this.markedRead) return;
    const before = this.markedRead;
    this.markedRead = seq;
    this.api.markRead(this.chat.id, seq).catch(() => {
      this.markedRead = Math.min(this.markedRead, before);
    });
  }

  /** Asks the assistant, whose answer comes to everybody as a message. A question that is refused is text again. */
  async ask(question: string): Promise<void> {
    const name = crypto.randomUUID();
    this.questions.set(name, question);
    this.screen?.showUpcoming();
    try {
      await this.api.ask(this.chat.id, question);
    } catch (error) {
      this.unsent.text ||= question;
      throw error;
    } finally {
      this.questions.delete(name);
      this.screen?.showUpcoming();
    }
  }

  /** What the messages don't tell: the names of the participants, and how far they have read. */
  private async learnAboutOthers(): Promise<void> {
    const { id, type, name, participantIds } = this.chat;
    const { reads } = await this.api.listReads(id);
    for (const { userId, seq } of reads) this.realtime.read(userId, seq);
    if (type === 'direct')
      for (const userId of participantIds) {
        const { user } = this.session;
        this.names.set(userId, userId === user?.id ? user.name : name);
      }
    else for (const member of (await this.api.getGroup(id)).group.members) this.names.set(member.userId, member.name);
    this.screen?.showMessages();
  }
}
