import { readDeliveredFrame } from '#shared/chats/messages/delivered-frame.ts';
import { deliverToInboxes } from '#shared/delivery/inboxes.ts';
import type { Delivery } from '#shared/delivery/invoke.ts';
import { deliverPage } from '#shared/delivery/page.ts';
import { chain } from '#shared/lambda/chain.ts';
import { logDelivery } from '#shared/lambda/log-delivery.ts';

/**
 * Delivers a message, or a change of one, to a page of a large room's sockets or to its participants' inboxes. Invoked
 * asynchronously, by the sender's function and by itself: if it throws, Lambda invokes it again, and finally puts the event
 * into the dead-letter queue.
 */
export const handler = chain<Delivery, void>()
  .use(logDelivery())
  .handler((delivery) =>
    (delivery.inboxes ? deliverToInboxes : deliverPage)(delivery, () => readDeliveredFrame(delivery)),
  );
