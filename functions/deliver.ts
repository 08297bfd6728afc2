import type { Delivery } from '#shared/delivery/invoke.ts';
import { deliverPart } from '#shared/delivery/to-chat.ts';
import { chain } from '#shared/lambda/chain.ts';
import { logDelivery } from '#shared/lambda/log-delivery.ts';

/**
 * Posts a message to a part of a large room. Invoked asynchronously, by who sent the message and by itself: what it
 * throws makes Lambda invoke again, and in the end put the event into the dead-letter queue.
 */
export const handler = chain<Delivery, void>().use(logDelivery()).handler(deliverPart);
