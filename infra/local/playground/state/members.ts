import type { Chat } from '#shared/contract/chats/chat.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import type { Api } from '../client/rest/api.ts';
import type { Session } from '../client/rest/session.ts';
import type { Named } from './mentions.ts';
import { afterMessage, byRank, type Member, type Role } from './open/membership.ts';

/** Larger chats let only their owner and admins mention everyone. */
const maxForEveryone = 50;

/** The participants of the open chat with their names, as far as they are loaded. */
export class Members {
  private readonly api: Api;
  private readonly session: Session;
  private readonly userId: string;
  private byId: ReadonlyMap<string, Member> = new Map();
  /** The number of the newest message that was followed. */
  private newest: number | undefined;
  /** The number of the newest message when the first page was requested, which knows everything up to it. */
  private base: number | undefined;
  /** What has happened since then, by number: a later page may not know it yet. */
  private news: readonly Message[] = [];
  /** Of the next page; undefined when all are loaded. */
  private cursor: string | undefined;
  private loadingAll: Promise<void> | undefined;
  /** One part of the list is loaded at a time: they share the cursor. */
  private loading: Promise<void> | undefined;

  constructor(api: Api, session: Session, userId: string) {
    this.api = api;
    this.session = session;
    this.userId = userId;
  }

  get(userId: string): Member | undefined {
    return this.byId.get(userId);
  }

  nameOf(userId: string): string | undefined {
    return this.byId.get(userId)?.name;
  }

  avatarOf(userId: string): string | undefined {
    return this.byId.get(userId)?.avatarUrl;
  }

  roleOf(userId: string): Role | undefined {
    return this.byId.get(userId)?.role;
  }

  /** Everybody in the chat but the user, as far as loaded, by their names. */
  othersIn(chat: Chat): Named[] {
    const others = this.listed(chat).filter(({ id }) => id !== this.userId);
    return others.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Those who are in the chat, as far as loaded: the owner, the admins and the members, each by their names. */
  listed({ participantIds }: Chat): Member[] {
    return participantIds.flatMap((id) => this.byId.get(id) ?? []).sort(byRank);
  }

  /** Whether the user may pin messages. */
  canPin({ type }: Chat): boolean {
    return type === 'direct' || this.isLeading;
  }

  canMentionEveryone({ type, participantIds }: Chat): boolean {
    return type === 'group' && (this.isLeading || participantIds.length <= maxForEveryone);
  }

  /** Loads the first page, and more until the user's own role is known. */
  async load(chat: Chat): Promise<void> {
    return this.inTurn(() => this.loadFirst(chat));
  }

  /**
   * Takes over what new messages say about who is in the group and in which role. They may arrive in any order. Returns
   * whether something has changed.
   */
  follow(messages: readonly Message[]): boolean {
    this.newest = Math.max(this.newest ?? 0, messages.at(-1)?.seq ?? 0);
    this.base ??= this.newest;
    const { base, news, byId } = this;
    const found = messages.filter(
      ({ seq, type }) => seq > base && type === 'system' && !news.some((one) => one.seq === seq),
    );
    if (found.length === 0) return false;
    this.news = [...news, ...found].sort((a, b) => a.seq - b.seq);
    this.applyNews();
    return this.byId !== byId;
  }

  /** Loads the rest; all of them if somebody has joined since. `onPage` is called after each page. */
  async loadAll(chat: Chat, onPage = () => {}): Promise<void> {
    this.loadingAll ??= this.inTurn(() => this.loadRest(chat, onPage)).finally(() => {
      this.loadingAll = undefined;
    });
    return this.loadingAll;
  }

  private async inTurn(load: () => Promise<void>): Promise<void> {
    while (this.loading) await this.loading.catch(() => {});
    this.loading = load().finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  private async loadFirst(chat: Chat): Promise<void> {
    this.cursor = undefined;
    this.base = this.newest;
    this.news = [];
    if (chat.type === 'direct') return this.takeDirect(chat);
    do await this.loadPage(chat.id);
    while (this.cursor !== undefined && !this.byId.has(this.userId));
  }

  private async loadRest(chat: Chat, onPage: () => void): Promise<void> {
    if (this.cursor === undefined && chat.participantIds.every((id) => this.byId.has(id))) return;
    if (this.cursor === undefined) await this.loadFirst(chat);
    while (this.cursor !== undefined) {
      onPage();
      await this.loadPage(chat.id);
    }
  }

  private get isLeading(): boolean {
    const role = this.roleOf(this.userId);
    return role === 'owner' || role === 'admin';
  }

  private takeDirect({ participantIds, name, pictureUrl: avatarUrl }: Chat): void {
    const { user } = this.session;
    this.byId = new Map(
      participantIds.map((id) => [id, id === user?.id ? { id, name: user.name } : { id, name, avatarUrl }]),
    );
  }

  private async loadPage(groupId: string): Promise<void> {
    const { group, cursor } = await this.api.groups.get(groupId, this.cursor);
    this.byId = new Map([
      ...this.byId,
      ...group.members.map(({ userId: id, ...member }) => [id, { id, ...member }] as const),
    ]);
    this.applyNews();
    this.cursor = cursor;
  }

  private applyNews(): void {
    for (const message of this.news) this.byId = afterMessage(this.byId, message);
  }
}
