import type { ChatConnection, ConnectionPage } from '#shared/data/connections/connections.ts';
import { shardsFor } from '#shared/data/connections/shards.ts';

const never = -1;

/** Who listens to a room. */
export interface Listeners {
  /** How many connections there are. */
  size: number;
  /** Whether they are inboxes, one of each participant, and not sockets of the chat. */
  inboxes?: boolean | undefined;
}

/** A group has no more participants. With more sockets, some of them have several. */
const maxParticipants = 1000;

/** A room that gets one message: its sockets by shards or its inboxes, and when each had the message. */
export class Room {
  readonly id: string;
  readonly shards: number[][];
  readonly participantIds: string[];
  readonly hasInboxes: boolean;
  readonly sentAt = Date.now();
  /** Milliseconds after the message was sent. */
  private readonly received: Int32Array;
  /** Posts that a connection got after its first. */
  twice = 0;

  constructor(id: string, { size, inboxes = false }: Listeners) {
    this.id = id;
    this.hasInboxes = inboxes;
    this.received = new Int32Array(size).fill(never);
    this.participantIds = Array.from({ length: Math.min(size, maxParticipants) }, (_, n) => `${id}.${n}`);
    this.shards = Array.from({ length: inboxes ? 1 : shardsFor(size) }, () => []);
    // Spread as connections are that join a room with this many shards.
    for (let n = 0; n < (inboxes ? 0 : size); n++) this.shards[Math.floor(Math.random() * this.shards.length)]?.push(n);
  }

  /** As DynamoDB gives it: a page that is full says that there are more. `after` is a place in the shard. */
  page(shard: number, after: string | undefined, limit: number): ConnectionPage {
    const all = this.shards[shard] ?? [];
    // The item that tells the shards comes before the connections of the first.
    const others = this.shards.length > 1 && shard === 0 && after === undefined ? 1 : 0;
    const from = Number(after ?? 0);
    const to = Math.min(all.length, from + limit - others);
    const connections = all.slice(from, to).map((n) => this.connection(n, shard));
    const full = connections.length + others === limit;
    return { connections, next: full ? String(to) : undefined, totalShards: others ? this.shards.length : 1 };
  }

  private connection(n: number, shard: number): ChatConnection {
    return { connectionId: `${this.id}.${n}`, chatId: this.id, shard, userId: 'u', connectedAt: 0 };
  }

  /** A frame has arrived when the post's answer is back, this many milliseconds from now. */
  receive(n: number, latency: number): void {
    if (this.received[n] === never) this.received[n] = Date.now() + latency - this.sentAt;
    else this.twice++;
  }

  /** Milliseconds until each had it, in no order; `Infinity` for those that were given up. */
  times(): number[] {
    return Array.from(this.received, (time) => (time === never ? Number.POSITIVE_INFINITY : time));
  }
}
