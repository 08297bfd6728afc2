import { deliverPart } from '../shared/delivery/fan-out.ts';
import type { Delivery } from '../shared/delivery/invoke.ts';
import { log } from '../shared/log.ts';

/**
 * Posts a message to a part of a large room. Invoked asynchronously, by who sent the message and by itself: what it
 * throws makes Lambda invoke again, and in the end put the event into the dead-letter queue.
 */
export const handler = async (delivery: Delivery): Promise<void> => {
  const startedAt = Date.now();
  const { message, shard, shards, after } = delivery;
  await deliverPart(delivery);
  const { chatId, seq } = message;
  log.info('delivery', { chatId, seq, shard, shards, after, durationMs: Date.now() - startedAt });
};
