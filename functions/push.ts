import type { PushEvent } from '#shared/delivery/push.ts';
import { queueWorker } from '#shared/lambda/queue-worker.ts';
import { push } from '#shared/push/push.ts';

/** Sends push notifications. */
export const handler = queueWorker<PushEvent>('push', push, ({ chatId, seq, correlationId }) => ({
  chatId,
  seq,
  causedBy: correlationId,
}));
