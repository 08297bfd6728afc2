import type { Chat } from '#shared/contract/chats/chat.ts';
import type { UnreadChat } from '#shared/contract/chats/list-unread.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import type { Frame } from '../../client/realtime/frames.ts';
import { jittered, times } from '../../client/realtime/times.ts';
import type { Api } from '../../client/rest/api.ts';
import { ApiProblem } from '../../client/rest/api-problem.ts';
import { type ChatChange, changed, changedOne } from './chat-change.ts';
import { isBehind, mayMention, withChange, withMessage, withRead } from './chat-news.ts';

interface ListOwner {
  api: Api;
  userId: string;
  isOpen(chatId: string): boolean;
  /** Requests wait for this: the server may not know yet what the user has read. */
  settled(): Promise<void>;
  onChange(): void;
  /** The list could not be loaded, and will be tried again. */
  onTrouble(error: unknown): void;
}

/** More chats than these are loaded with one request. */
const maxSingle = 10;

/** The chats of the user. The list is loaded once; then frames keep it up to date, and requests for the chats that they name. */
export class ChatList {
  /** Newest message first; undefined until the first answer. */
  all: Chat[] | undefined;
  /** Whether no chat is missing: an account may have too many for one answer. */
  isWhole = false;
  private readonly owner: ListOwner;
  /** The chats that are no longer the user's, with the number above which a message brings them back: late frames must not. */
  private readonly gone = new Map<string, number>();
  /** What has changed while a request was under way, for each such request: its answer may not know of it. */
  private readonly meanwhile = new Set<ChatChange[]>();
  /** The chats that are being requested, and whether something about them has happened since. */
  private readonly requested = new Map<string, boolean>();
  /** The first answer may lack what happened before the inbox was live. */
  private isOutdated = false;
  private stopped = false;

  constructor(owner: ListOwner) {
    this.owner = owner;
  }

  get(chatId: string | undefined): Chat | undefined {
    return this.all?.find(({ id }) => id === chatId);
  }

  stop(): void {
    this.stopped = true;
  }

  /** Loads the whole list, again and again until it succeeds. */
  async load(): Promise<void> {
    await this.persist(async () => {
      this.isOutdated = false;
      const { answer, changes } = await this.during(() => this.owner.api.listChats());
      if (this.stopped) return;
      this.isWhole = answer.cursor === undefined;
      this.all = changed(answer.chats, changes);
      for (const { id } of this.all) this.gone.delete(id);
      this.owner.onChange();
      if (this.isOutdated) await this.load();
    }, this.owner.onTrouble);
  }

  /** Loads a chat, and adds it if it is one of the user's. One request at a time: an older answer must not come last. */
  async refresh(chatId: string): Promise<void> {
    const isRequested = this.requested.has(chatId);
    this.requested.set(chatId, isRequested);
    if (isRequested) return;
    await this.persist(async () => {
      const chat = await this.request(chatId);
      if (this.stopped) return;
      if (chat) this.gone.delete(chatId);
      this.change(chatId, () => chat);
    });
    const again = this.requested.get(chatId);
    this.requested.delete(chatId);
    if (again && !this.stopped) await this.refresh(chatId);
  }

  /** Loads the chats whose numbers on the server are others than here. */
  compare(numbers: ReadonlyMap<string, UnreadChat>): void {
    const { all, isWhole } = this;
    this.isOutdated = !all;
    if (!all) return;
    const isMissing = isWhole && all.some(({ id }) => !numbers.has(id));
    const news = [...numbers.values()].filter((head) => {
      const chat = this.get(head.chatId);
      return chat ? isBehind(chat, head, this.owner.isOpen(chat.id)) : isWhole;
    });
    if (isMissing || news.length > maxSingle) void this.load();
    else for (const { chatId } of news) void this.refresh(chatId);
  }

  receive(frame: Frame): void {
    if (!('chatId' in frame) || frame.chatId === undefined) return;
    const { chatId } = frame;
    if (frame.type === 'chat') {
      this.gone.delete(chatId);
      void this.refresh(chatId);
    } else if (this.gone.has(chatId)) this.hearOfGone(chatId, frame);
    else if (frame.type === 'chat.removed') this.remove(chatId);
    else if (frame.type === 'message') {
      this.take(chatId, frame.message.seq, (chat) => withMessage(chat, frame.message, this.owner.userId));
      // Only the chat itself has the URL.
      if (frame.message.metadata?.event === 'picture_changed') void this.refresh(chatId);
    } else if (frame.type === 'changed') this.takeChange(chatId, frame.message, frame.rev);
    else if (frame.type === 'read' && frame.userId === this.owner.userId) this.read(chatId, frame.seq);
  }

  /** Something has changed about a chat. Nothing is added by this. */
  update(chatId: string, fields: Partial<Chat>): void {
    this.change(chatId, (chat) => chat && { ...chat, ...fields });
  }

  private hearOfGone(chatId: string, frame: Frame): void {
    const isBack = frame.type === 'message' && frame.message.seq > (this.gone.get(chatId) ?? 0);
    if (isBack) void this.refresh(chatId);
  }

  private remove(chatId: string): void {
    const { type, lastSeq } = this.get(chatId) ?? {};
    // A direct chat that the user has removed from the list comes back with its next message.
    this.gone.set(chatId, type === 'direct' && lastSeq !== undefined ? lastSeq : Number.POSITIVE_INFINITY);
    this.change(chatId, () => undefined);
  }

  private take(chatId: string, seq: number, change: (chat: Chat) => Chat): void {
    const { lastSeq } = this.get(chatId) ?? {};
    this.change(chatId, (chat) => chat && change(chat));
    if (!this.all) return;
    if (lastSeq === undefined) void this.refresh(chatId);
    // A frame is late or lost.
    else if (seq > lastSeq + 1) setTimeout(() => this.gone.has(chatId) || void this.refresh(chatId), times.gap.first);
  }

  private takeChange(chatId: string, message: Message, rev: number | undefined): void {
    this.change(chatId, (chat) => chat && withChange(chat, message, rev));
    const chat = this.get(chatId);
    if (chat && !this.owner.isOpen(chatId) && mayMention(chat, message, this.owner.userId)) void this.refresh(chatId);
  }

  private read(chatId: string, seq: number): void {
    this.change(chatId, (chat) => chat && withRead(chat, seq));
    // Which of the messages above are the user's own, only the server knows. An open chat counts for itself.
    if (this.get(chatId)?.unreadCount && !this.owner.isOpen(chatId)) void this.refresh(chatId);
  }

  private change(chatId: string, change: ChatChange['change']): void {
    for (const changes of this.meanwhile) changes.push({ chatId, change });
    if (this.all) this.all = changed(this.all, [{ chatId, change }]);
    this.owner.onChange();
  }

  /** The chat with what has happened meanwhile, or undefined if the user is not in it. */
  private async request(chatId: string): Promise<Chat | undefined> {
    try {
      const { answer, changes } = await this.during(() => this.owner.api.chats.get(chatId));
      return changedOne(answer.chat, changes);
    } catch (error) {
      if (error instanceof ApiProblem && error.final) return undefined;
      throw error;
    }
  }

  private async during<Answer>(request: () => Promise<Answer>): Promise<{ answer: Answer; changes: ChatChange[] }> {
    await this.owner.settled();
    const changes: ChatChange[] = [];
    this.meanwhile.add(changes);
    try {
      return { answer: await request(), changes };
    } finally {
      this.meanwhile.delete(changes);
    }
  }

  private async persist(request: () => Promise<void>, onFailed = (_error: unknown) => {}): Promise<void> {
    for (let tries = 0; !this.stopped; tries++) {
      try {
        return await request();
      } catch (error) {
        if (this.stopped) return undefined;
        onFailed(error);
        const { retryAfter } = error instanceof ApiProblem ? error : {};
        const waitMs = retryAfter ? retryAfter * 1000 : jittered(times.repeat, tries);
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
    return undefined;
  }
}
