import { getMemberships, type Membership } from '../../../shared/data/chats/memberships.ts';
import { listMessages, type StoredMessage } from '../../../shared/data/chats/messages.ts';

/** What is true between two steps of a history, from `at` on. */
export interface World {
  at: number;
  members: Map<string, Membership>;
  messages: Map<number, StoredMessage>;
  /** Pairs of users in which the first has blocked the second. */
  blocks: Set<string>;
  /** The session that has each token. */
  holders: Map<string, Holder>;
}

export interface Holder {
  userId: string;
  sessionId: string;
}

export const pair = (userId: string, otherId: string): string => `${userId} ${otherId}`;

const isBlocked = ({ blocks }: World, a: string, b: string): boolean =>
  blocks.has(pair(a, b)) || blocks.has(pair(b, a));

/** Whether a message should be pushed to a user in this world. */
export function isWanted(world: World, userId: string, seq: number): boolean {
  const message = world.messages.get(seq);
  const membership = world.members.get(userId);
  if (!message || message.deletedAt || isBlocked(world, userId, message.userId)) return false;
  if (message.event === 'removed') return !membership && message.memberIds?.includes(userId) === true;
  if (!membership || message.userId === userId || membership.level === 'none') return false;
  if (membership.blockedBy?.size) return false;
  if (message.event === 'created') return seq > membership.readSeq;
  if (message.event === 'added') return message.memberIds?.includes(userId) === true && seq >= membership.readSeq;
  const isMentioned = message.mentions?.includes(userId) === true;
  return message.type === 'text' && seq > membership.readSeq && (membership.level !== 'mentions' || isMentioned);
}

/** Everything that was ever true in a history. */
export class Worlds {
  readonly all: World[] = [];
  private readonly chatId: string;
  private readonly userIds: string[];
  readonly blocks = new Set<string>();
  readonly holders = new Map<string, Holder>();
  /** When each message was stored. */
  readonly storedAt = new Map<number, number>();
  /** Messages that were stored after one with a higher number, and new mentions by edits: when, and for whom. */
  readonly late: { at: number; userId?: string }[] = [];

  constructor(chatId: string, userIds: string[]) {
    this.chatId = chatId;
    this.userIds = userIds;
  }

  get now(): World {
    return this.all.at(-1) as World;
  }

  /** Reads what is true now. */
  async look(): Promise<void> {
    const [members, messages] = await Promise.all([
      getMemberships(this.userIds, this.chatId),
      listMessages(this.chatId, { after: 0, limit: 1000 }),
    ]);
    const newest = Math.max(0, ...this.storedAt.keys());
    for (const { seq } of messages) {
      if (this.storedAt.has(seq)) continue;
      this.storedAt.set(seq, Date.now());
      if (seq < newest) this.late.push({ at: Date.now() });
    }
    this.all.push({
      at: Date.now(),
      members: new Map(members.map((membership) => [membership.userId, membership])),
      messages: new Map(messages.map((message) => [message.seq, message])),
      blocks: new Set(this.blocks),
      holders: new Map(this.holders),
    });
  }

  /** The worlds from one moment up to another. */
  during(from: number, to: number): World[] {
    return this.all.filter(({ at }, n) => at <= to && (this.all[n + 1]?.at ?? Number.POSITIVE_INFINITY) >= from);
  }
}
