import type { Delivery } from '#shared/delivery/invoke.ts';
import { deliverPage } from '#shared/delivery/page.ts';
import { chain } from '#shared/lambda/chain.ts';
import { logDelivery } from '#shared/lambda/log-delivery.ts';

/**
 * Delivers a message to a page of a large room. Invoked asynchronously, by the sender's function and by itself: if it
 * throws, Lambda invokes it again, and finally puts the event into the dead-letter queue.
 */
export const handler = chain<Delivery, void>().use(logDelivery()).handler(deliverPage);
