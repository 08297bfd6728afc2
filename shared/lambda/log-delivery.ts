import type { MiddlewareObj } from '@middy/core';
import type { Delivery } from '#shared/delivery/invoke.ts';
import { beginInvocation, endInvocation, identify } from '#shared/platform/invocation-log.ts';

/** Logs one line for each page of a delivery, whether it succeeds or not. */
export function logDelivery(): MiddlewareObj<Delivery, void> {
  const end = ({ seq, rev, inboxes, firstShard, shardCount, afterConnectionId }: Delivery, fault?: Error | null) =>
    endInvocation('delivery', { seq, rev, inboxes, firstShard, shardCount, afterConnectionId }, fault ?? undefined);
  return {
    before: ({ event, context: { awsRequestId } }) => {
      const correlationId = event.correlationId ?? awsRequestId;
      beginInvocation({ route: 'deliver', requestId: awsRequestId, correlationId });
      identify({ chatId: event.chatId });
    },
    after: ({ event }) => end(event),
    onError: ({ event, error }) => end(event, error),
  };
}
