import { invokeFunction } from '#shared/platform/aws/invoke.ts';
import { correlationId } from '#shared/platform/invocation-log.ts';
import { settings } from '#shared/platform/settings.ts';

/** Those who listen to a chat: on the sockets of the chat, or on their inboxes. */
export type Part = 'chat' | 'inboxes';

/**
 * What the `deliver` function is invoked with: the numbers of a message or a change, and the part of the room to deliver it
 * to. The function reads the message itself, so that a retry never sends a text that was erased meanwhile.
 */
export interface Delivery {
  chatId: string;
  seq: number;
  /** The number of the change; undefined for a new message. */
  rev?: number;
  /** The user whose deliveries these are. */
  userId: string;
  /** Whether it goes to the inboxes of the chat's participants, all in one invocation. Otherwise to the chat's sockets. */
  inboxes?: true;
  /** The part's first shard, and the number of its shards. */
  firstShard: number;
  shardCount: number;
  /** How many shards the room has; unknown to its first page. */
  totalShards?: number;
  /** The page begins after this connection; at the beginning of the shard if it is absent. */
  afterConnectionId?: string;
  /** How many connections of the shard come before the page. */
  connectionsBefore?: number;
  /** A connection that has the message already. */
  exceptConnectionId?: string | undefined;
  /** The id of the request or frame that the message came with. */
  correlationId?: string | undefined;
}

/** Invokes the `deliver` function without waiting for its work. Throws what `invokeFunction` throws. */
export const invokeDeliver = (delivery: Delivery, deadline?: number): Promise<void> =>
  invokeFunction(settings.deliverFunction(), delivery, deadline);

/** Invokes `deliver` for one part of a chat, within the time of the sender's function. */
export const handOver = (
  part: Part,
  what: Pick<Delivery, 'chatId' | 'seq' | 'rev' | 'userId' | 'exceptConnectionId'>,
  deadline: number,
): Promise<void> =>
  invokeDeliver(
    {
      ...what,
      ...(part === 'inboxes' && { inboxes: true }),
      firstShard: 0,
      shardCount: 1,
      correlationId: correlationId(),
    },
    deadline,
  );
