import type { Message } from '#shared/contract/chats/message.ts';
import { awsRequest } from '#shared/platform/aws/request.ts';
import { retry } from '#shared/platform/retry.ts';
import { settings } from '#shared/platform/settings.ts';

/** What the `deliver` function is invoked with: a message, and which part of the room is to have it. */
export interface Delivery {
  message: Message;
  /** The first shard, and how many shards from there on. */
  shard: number;
  shards: number;
  /** Where the page begins within the shard: after which connection, and how many connections came before. */
  after?: string;
  passed?: number;
  /** How many shards the room has; unknown to its first page. */
  of?: number;
  /** A connection that already has the message. */
  except?: string | undefined;
  /** The id of the request or frame that the message came with. */
  correlationId?: string | undefined;
}

/**
 * Has Lambda invoke the `deliver` function, without waiting for what it does. Throws when Lambda doesn't accept that by
 * the deadline (milliseconds since the epoch) or in three attempts.
 */
export async function invoke(delivery: Delivery, deadline = Number.POSITIVE_INFINITY): Promise<void> {
  const url = new URL(`${settings.awsUrl('lambda')}/2015-03-31/functions/${settings.deliverFunction()}/invocations`);
  const headers = { 'x-amz-invocation-type': 'Event' };
  const body = JSON.stringify(delivery);
  await retry({ attempts: 3, baseMs: 200, deadline }, async () => {
    const { status, type } = await awsRequest({ service: 'lambda', method: 'POST', url, headers, body, deadline });
    if (status !== 202) throw new Error(`Lambda answered ${status} ${type ?? ''}`);
  });
}
