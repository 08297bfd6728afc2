import { awsRequest } from '#shared/platform/aws/request.ts';
import { retry } from '#shared/platform/retry.ts';
import { settings } from '#shared/platform/settings.ts';

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

/**
 * Invokes the `deliver` function without waiting for its work. Throws if Lambda doesn't accept the invocation by the
 * deadline (milliseconds since the epoch) or in three attempts.
 */
export async function invokeDeliver(delivery: Delivery, deadline = Number.POSITIVE_INFINITY): Promise<void> {
  const url = new URL(`${settings.awsUrl('lambda')}/2015-03-31/functions/${settings.deliverFunction()}/invocations`);
  const headers = { 'x-amz-invocation-type': 'Event' };
  const body = JSON.stringify(delivery);
  await retry({ attempts: 3, baseMs: 200, deadline }, async () => {
    const { status, type } = await awsRequest({ service: 'lambda', method: 'POST', url, headers, body, deadline });
    if (status !== 202) throw new Error(`Lambda answered ${status} ${type ?? ''}`);
  });
}
