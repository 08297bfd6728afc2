import type { MiddlewareObj } from '@middy/core';
import { beginInvocation, endInvocation } from '#shared/platform/invocation-log.ts';

/** The fields that we use of what Lambda reads from SQS, and the answer: the messages that failed. */
export interface QueueEvent {
  Records: { messageId: string; body: string }[];
}
export interface QueueResult {
  batchItemFailures: { itemIdentifier: string }[];
}

/** Logs one line for each batch of the queue, whether or not it succeeds. */
export function logPush(): MiddlewareObj<QueueEvent, QueueResult> {
  return {
    before: ({ context: { awsRequestId } }) =>
      beginInvocation({ route: 'push', requestId: awsRequestId, correlationId: awsRequestId }),
    after: ({ event, response }) =>
      endInvocation('push', { events: event.Records.length, failed: response?.batchItemFailures.length }),
    onError: ({ event, error }) => endInvocation('push', { events: event.Records.length }, error),
  };
}
