import type { PushEvent } from '#shared/delivery/push.ts';
import { chain } from '#shared/lambda/chain.ts';
import { logPush, type QueueEvent, type QueueResult } from '#shared/lambda/log-push.ts';
import { mapConcurrently } from '#shared/platform/lists.ts';
import { log } from '#shared/platform/log.ts';
import { push } from '#shared/push/push.ts';

/** Sends push notifications. Only the events that failed are received again. */
export const handler = chain<QueueEvent, QueueResult>()
  .use(logPush())
  .handler(async ({ Records }) => {
    const failed = await mapConcurrently(Records, Records.length, async ({ messageId, body }) => {
      const event = JSON.parse(body) as PushEvent;
      try {
        await push(event);
        return [];
      } catch (error) {
        log.error('push failed', { chatId: event.chatId, seq: event.seq, causedBy: event.correlationId, error });
        return [{ itemIdentifier: messageId }];
      }
    });
    return { batchItemFailures: failed.flat() };
  });
