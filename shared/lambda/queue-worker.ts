import { beginInvocation, endInvocation } from '#shared/platform/invocation-log.ts';
import { mapConcurrently } from '#shared/platform/lists.ts';
import { log } from '#shared/platform/log.ts';
import { chain } from './chain.ts';

/** The fields that we use of what Lambda reads from SQS, and the answer: the messages that failed. */
interface QueueEvent {
  Records: { messageId: string; body: string }[];
}
interface QueueResult {
  batchItemFailures: { itemIdentifier: string }[];
}

/**
 * The Lambda handler of a queue: handles the events of a batch at the same time, and logs one line for the batch and one for
 * each event that fails, with what `about` says. Only those are received again.
 */
export function queueWorker<Event>(
  name: 'push' | 'delete-files',
  handle: (event: Event) => Promise<unknown>,
  about: (event: Event) => object,
) {
  return chain<QueueEvent, QueueResult>()
    .use({
      before: ({ context: { awsRequestId } }) =>
        beginInvocation({ route: name, requestId: awsRequestId, correlationId: awsRequestId }),
      after: ({ event, response }) =>
        endInvocation(name, { events: event.Records.length, failed: response?.batchItemFailures.length }),
      onError: ({ event, error }) => endInvocation(name, { events: event.Records.length }, error),
    })
    .handler(async ({ Records }: QueueEvent) => {
      const failed = await mapConcurrently(Records, Records.length, async ({ messageId, body }) => {
        const event = JSON.parse(body) as Event;
        try {
          await handle(event);
          return [];
        } catch (error) {
          log.error(`${name} failed`, { ...about(event), error });
          return [{ itemIdentifier: messageId }];
        }
      });
      return { batchItemFailures: failed.flat() };
    });
}
