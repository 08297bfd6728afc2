import type { Message } from '#shared/contract/chats/message.ts';
import { Reader } from '../client/realtime/reader.ts';
import type { ChatRealtime } from '../client/realtime/realtime.ts';
import { type Api, pageSize } from '../client/rest/api.ts';

/** The message to show. Each jump has its own, also to the same message. */
export interface Jump {
  seq: number;
}

/**
 * Which messages the list shows: those up to the newest one, or a part of the history around a message to which the user has
 * jumped. That part is apart from the newest messages until the user has scrolled so far that the two meet: the list never
 * has a hole, and the realtime client never knows of it.
 */
export class Timeline {
  jumped: Jump | undefined;
  private readonly api: Api;
  private readonly chatId: string;
  private readonly realtime: ChatRealtime;
  private readonly onChange: () => void;
  private past: Reader | undefined;
  private noOlder = false;
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
    return this.first > 1 && !this.noOlder;
  }

  /** Shows a message, and loads the page around it if it is not in the list. */
  async jump(seq: number): Promise<void> {
    const jumped = { seq };
    this.pending = jumped;
    if (!has(this.messages, seq)) {
      const page = has(this.realtime.reader.messages, seq) ? [] : await this.page({ around: seq });
      // The user has jumped elsewhere meanwhile.
      if (this.pending !== jumped) return;
      this.showPast(page);
    }
    this.jumped = jumped;
    this.onChange();
  }

  toNewest(): void {
    this.jumped = undefined;
    this.pending = undefined;
    this.showPast([]);
    this.onChange();
  }

  /** A message has changed: the part of the history that is shown has its new state. */
  change(_message: Message): void {}

  async loadOlder(): Promise<void> {
    const { past } = this;
    if (!past) this.noOlder = !(await this.realtime.loadOlder());
    else {
      const page = await this.page({ before: this.first });
      for (const message of page) past.receive(message);
      if (this.past === past) this.noOlder = page.length < pageSize;
    }
    this.onChange();
  }

  /** Loads the page after the part of the history that is shown, if it is one. */
  async loadNewer(): Promise<void> {
    const { past } = this;
    if (!past) return;
    const page = await this.page({ after: past.messages.at(-1)?.seq ?? 0 });
    for (const message of page) past.receive(message);
    const isEnd = page.length < pageSize || this.meetsNewest(past.messages);
    if (this.past === past && isEnd) this.join(past.messages);
    this.onChange();
  }

  /** Shows the newest messages if there are none of the past, or if they meet. */
  private showPast(messages: readonly Message[]): void {
    if (this.meetsNewest(messages)) {
      this.join(messages);
      return;
    }
    this.past = new Reader();
    this.noOlder = false;
    for (const message of messages) this.past.receive(message);
  }

  private meetsNewest(messages: readonly Message[]): boolean {
    const oldest = this.realtime.reader.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
    return (messages.at(-1)?.seq ?? oldest) + 1 >= oldest;
  }

  /** The messages are history of those that the realtime client has. */
  private join(messages: readonly Message[]): void {
    this.past = undefined;
    this.noOlder = false;
    this.realtime.addHistory(messages);
  }

  private get first(): number {
    return this.messages[0]?.seq ?? 1;
  }

  private async page(query: { around: number } | { before: number } | { after: number }): Promise<Message[]> {
    return (await this.api.listMessages(this.chatId, query)).messages;
  }
}

const has = (messages: readonly Message[], seq: number): boolean => messages.some((message) => message.seq === seq);
