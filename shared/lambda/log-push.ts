import type { MiddlewareObj } from '@middy/core';
import { beginInvocation, endInvocation } from '#shared/platform/invocation-log.ts';

/** What SQS hands to a function, as far as it is used, and what it is answered: the messages that failed. */
export interface QueueEvent {
  Records: { messageId: string; body: string }[];
}
export interface QueueResult {
  batchItemFailures: { itemIdentifier: string }[];
}

/** Logs one line for each batch of the queue, whether it succeeds or not. */
export function logPush(): MiddlewareObj<QueueEvent, QueueResult> {
  return {
    before: ({ context: { awsRequestId } }) =>
      beginInvocation({ route: 'push', requestId: awsRequestId, correlationId: awsRequestId }),
    after: ({ event, response }) =>
      endInvocation('push', { events: event.Records.length, failed: response?.batchItemFailures.length }),
    onError: ({ event, error }) => endInvocation('push', { events: event.Records.length }, error),
  };
}
