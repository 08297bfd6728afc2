import type * as z from 'zod/mini';
import type { Chat } from '#shared/contract/chats/chat.ts';
import type { Message } from '#shared/contract/chats/message.ts';
import type { role } from '#shared/contract/groups/role.ts';
import type { Api } from '../client/rest/api.ts';
import type { Session } from '../client/rest/session.ts';
import type { Named } from './mentions.ts';

export type Role = z.output<typeof role>;

interface Member extends Named {
  /** Absent in a direct chat. */
  role?: Role | undefined;
  avatarUrl?: string | undefined;
}

/** Larger chats let only their owner and admins mention everyone. */
const maxForEveryone = 50;

/** The participants of the open chat with their names, as far as they are loaded. */
export class Members {
  private readonly api: Api;
  private readonly session: Session;
  private readonly userId: string;
  private readonly byId = new Map<string, Member>();
  /** The number of the newest message that changed the user's role. */
  private roleSeq: number | undefined;
  /** Of the next page; undefined when all are loaded. */
  private cursor: string | undefined;

  constructor(api: Api, session: Session, userId: string) {
    this.api = api;
    this.session = session;
    this.userId = userId;
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

  /** Everybody but the user, by their names. */
  get others(): Named[] {
    const others = [...this.byId.values()].filter(({ id }) => id !== this.userId);
    return others.sort((a, b) => a.name.localeCompare(b.name));
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
    this.cursor = undefined;
    if (chat.type === 'direct') return this.takeDirect(chat);
    do await this.loadPage(chat.id);
    while (this.cursor !== undefined && !this.byId.has(this.userId));
  }

  /** Loads the roles again when a message says that the user's own has changed. Returns whether it has. */
  async follow(messages: readonly Message[], chat: Chat): Promise<boolean> {
    const seq = messages.findLast((message) => changesRole(message, this.userId))?.seq ?? 0;
    const isNews = this.roleSeq !== undefined && seq > this.roleSeq;
    this.roleSeq = seq;
    if (isNews) await this.load(chat);
    return isNews;
  }

  /** Loads the rest; all of them if somebody has joined since. */
  async loadAll(chat: Chat): Promise<void> {
    if (this.cursor === undefined && chat.participantIds.every((id) => this.byId.has(id))) return;
    if (this.cursor === undefined) await this.load(chat);
    while (this.cursor !== undefined) await this.loadPage(chat.id);
    // Those who have left are not offered any more.
    for (const id of this.byId.keys()) if (!chat.participantIds.includes(id)) this.byId.delete(id);
  }

  private get isLeading(): boolean {
    const role = this.roleOf(this.userId);
    return role === 'owner' || role === 'admin';
  }

  private takeDirect({ participantIds, name, pictureUrl: avatarUrl }: Chat): void {
    const { user } = this.session;
    for (const id of participantIds)
      this.byId.set(id, id === user?.id ? { id, name: user.name } : { id, name, avatarUrl });
  }

  private async loadPage(groupId: string): Promise<void> {
    const { group, cursor } = await this.api.getGroup(groupId, this.cursor);
    for (const { userId: id, ...member } of group.members) this.byId.set(id, { id, ...member });
    this.cursor = cursor;
  }
}

/** The new owner of a group is named by the message about the one who left. */
const changesRole = ({ metadata: { event, memberIds = [] } = {} }: Message, userId: string): boolean =>
  (event === 'role_changed' || event === 'left') && memberIds.includes(userId);
