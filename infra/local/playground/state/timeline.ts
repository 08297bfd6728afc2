import type { Message } from '#shared/contract/chats/message.ts';
import type { ChatRealtime } from '../client/realtime/realtime.ts';
import { newer, quoting } from '../client/realtime/states.ts';
import { type Api, pageSize } from '../client/rest/api.ts';

/** The message to show. Each jump has its own, also to the same message. */
export interface Jump {
  seq: number;
  /** Whether the focus stays where it is, instead of going to the message. */
  keepsFocus: boolean;
}

/** More messages than these are not kept: the page would become slow, and its memory would grow without end. */
export const maxKept = 6 * pageSize;

/** A part of the history that is apart from the newest messages. */
interface Past {
  messages: readonly Message[];
  /** It belongs to the newest messages as they were until their reader began anew so many times. */
  restarts: number;
}

/**
 * Which messages the list shows: those up to the newest one, or a part of the history around a message to which the user has
 * jumped. That part is apart from the newest messages until the user has scrolled so far that the two meet: the list never
 * has a hole, and the cursors of the reader do not know of it.
 */
export class Timeline {
  jumped: Jump | undefined;
  /** The number of the lowest message on the screen; undefined at the end of the list, which follows new messages. */
  place: number | undefined;
  private readonly api: Api;
  private readonly chatId: string;
  private readonly realtime: ChatRealtime;
  private readonly onChange: () => void;
  private past: Past | undefined;
  /** The number of the first message of the chat, once it is known. */
  private beginning: number | undefined;
  /** The jump whose page is on its way. */
  private pending: Jump | undefined;

  constructor(api: Api, chatId: string, realtime: ChatRealtime, onChange: () => void) {
    this.api = api;
    this.chatId = chatId;
    this.realtime = realtime;
    this.onChange = onChange;
  }

  get messages(): readonly Message[] {
    return (this.past ?? this.realtime.reader).messages;
  }

  /** Whether the newest messages are out of the list. */
  get isPast(): boolean {
    return this.past !== undefined;
  }

  /** Whether older messages can be loaded. */
  get hasOlder(): boolean {
    return this.first > 1 && this.first !== this.beginning;
  }

  /** The reader has changed: what is shown of the history follows, or goes if the reader has begun anew. */
  follow(): void {
    const { past } = this;
    if (past && past.restarts !== this.realtime.reader.restarts) this.past = undefined;
    else if (past) past.messages = past.messages.map(this.current);
    this.limit();
  }

  /** Shows a part of the history that belongs to the newest messages of now. */
  open(messages: readonly Message[]): void {
    this.show({ messages, restarts: this.realtime.reader.restarts });
  }

  /** Shows a message, and loads the page around it if it is not in the list. */
  async jump(seq: number, keepsFocus = false): Promise<void> {
    const jumped = { seq, keepsFocus };
    this.pending = jumped;
    if (!has(this.messages, seq)) {
      const { restarts } = this.realtime.reader;
      const isNewest = has(this.realtime.reader.messages, seq);
      const messages = isNewest ? [] : await this.page({ around: seq });
      // The user has jumped elsewhere meanwhile.
      if (this.pending !== jumped) return;
      this.show({ messages: messages.map(this.current), restarts });
    }
    this.jumped = jumped;
    this.onChange();
  }

  toNewest(): void {
    this.jumped = undefined;
    this.pending = undefined;
    this.past = undefined;
    this.onChange();
  }

  async loadOlder(): Promise<void> {
    const isFull = this.messages.length + pageSize > maxKept;
    const past = this.past ?? (isFull ? this.leave() : undefined);
    if (past) await this.extend(past, { before: this.first });
    else if (!(await this.realtime.loadOlder())) this.beginning = this.first;
    this.onChange();
  }

  /** Loads the page after the part of the history that is shown, if it is one. */
  async loadNewer(): Promise<void> {
    const { past } = this;
    if (past) await this.extend(past, { after: past.messages.at(-1)?.seq ?? 0 });
    this.onChange();
  }

  private async extend(past: Past, query: { before: number } | { after: number }): Promise<void> {
    const page = await this.page(query);
    if (this.past !== past) return;
    const isFull = page.length === pageSize;
    const added = page.map(this.current);
    if ('before' in query) {
      past.messages = [...added, ...past.messages].slice(0, maxKept);
      if (isFull) this.show(past);
      else this.beginning = this.first;
    } else {
      past.messages = [...past.messages, ...added].slice(-maxKept);
      if (!isFull || this.meets(past)) this.join(past);
    }
  }

  /** Shows a part of the history, as one with the newest messages if the two meet. */
  private show(past: Past): void {
    if (this.meets(past) && this.excess(past) <= 0) this.join(past);
    else {
      this.past = past;
      this.limit();
    }
  }

  private meets({ messages }: Past): boolean {
    return (messages.at(-1)?.seq ?? this.firstNewest) + 1 >= this.firstNewest;
  }

  /** How many messages there are too many for one list. */
  private excess({ messages }: Past): number {
    const older = messages.filter(({ seq }) => seq < this.firstNewest);
    return older.length + this.realtime.reader.messages.length - maxKept;
  }

  /** The oldest messages make room. */
  private join(past: Past): void {
    this.past = undefined;
    const shown = past.messages.slice(Math.max(0, this.excess(past)));
    if (past.restarts === this.realtime.reader.restarts) this.realtime.take(shown);
  }

  /** Forgets what is far from what the user reads. It can be loaded again. */
  private limit(): void {
    const { past, place = Number.POSITIVE_INFINITY } = this;
    const { reader } = this.realtime;
    const { length } = reader.messages;
    if (past && length > 2 * pageSize) reader.trim(pageSize);
    if (past || length <= maxKept) return;
    const below = reader.messages.filter(({ seq }) => seq > place).length;
    if (below < maxKept / 2) reader.trim(maxKept - pageSize);
    else this.leave();
  }

  /** What is shown becomes a part of the history that is apart from the newest messages. */
  private leave(): Past {
    const { reader } = this.realtime;
    // Above the cursor there may be a hole.
    const messages = reader.messages.filter(({ seq }) => seq <= reader.cursor).slice(0, maxKept);
    const past = { messages, restarts: reader.restarts };
    this.past = past;
    reader.trim(pageSize);
    return past;
  }

  /** The newest known state of a message and of what it quotes. */
  private readonly current = (message: Message): Message => {
    const { reader } = this.realtime;
    const known = reader.get(message.id);
    const state = known ? newer(message, known) : message;
    return state.replyTo ? quoting(state, reader.get(state.replyTo.messageId)) : state;
  };

  private get firstNewest(): number {
    return this.realtime.reader.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
  }

  private get first(): number {
    return this.messages[0]?.seq ?? 1;
  }

  private async page(query: { around: number } | { before: number } | { after: number }): Promise<Message[]> {
    return (await this.api.listMessages(this.chatId, query)).messages;
  }
}

const has = (messages: readonly Message[], seq: number): boolean => messages.some((message) => message.seq === seq);
