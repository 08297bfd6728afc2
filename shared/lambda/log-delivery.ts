import type { MiddlewareObj } from '@middy/core';
import type { Delivery } from '#shared/delivery/invoke.ts';
import { beginInvocation, endInvocation } from '#shared/platform/invocation-log.ts';

/** Logs one line for each part of a delivery, whether it succeeds or not. */
export function logDelivery(): MiddlewareObj<Delivery, void> {
  const end = ({ message: { chatId, seq }, shard, shards, after }: Delivery, fault?: Error | null) =>
    endInvocation('delivery', { chatId, seq, shard, shards, after }, fault ?? undefined);
  return {
    before: ({ event, context: { awsRequestId } }) =>
      beginInvocation({
        route: 'deliver',
        requestId: awsRequestId,
        correlationId: event.correlationId ?? awsRequestId,
      }),
    after: ({ event }) => end(event),
    onError: ({ event, error }) => end(event, error),
  };
}
