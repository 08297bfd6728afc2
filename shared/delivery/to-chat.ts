import type { Message } from '#shared/contract/chats/message.ts';
import type { Connection } from '#shared/data/connections/connections.ts';
import { markLifetime } from '#shared/data/connections/deliveries.ts';
import { log } from '#shared/platform/log.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { runToEnd } from '#shared/platform/run-to-end.ts';
import { broadcast, senderTimeoutMs } from './broadcast.ts';
import { countDeliveries } from './deliveries.ts';
import { handOver } from './invoke.ts';
import { pushMessage } from './push.ts';
import { largePartsOf, listReceivers, smallPartsOf } from './receivers.ts';
import { reply } from './reply.ts';

/**
 * Delivers a stored message to every connection of its chat and to its participants' inboxes, and enqueues a push to
 * those who do not read it. Never throws: the message is stored, and a client that misses it finds it by its number.
 * `ownConnectionId` is the connection it came on, answered at once even if others are left to the `deliver` function.
 */
export async function deliverToChat(message: Message, ownConnectionId?: string): Promise<void> {
  // The push first, so that its request is under way before the first post.
  await Promise.all([pushMessage(message), deliverTo(message, ownConnectionId)]);
}

/**
 * Delivers a message that its author has sent again, because the first delivery may have broken off. It goes only to
 * connections that asked for live frames, which know messages by their numbers, and to the one that it came on; on the
 * sockets of a large room to the pages that did not get it.
 */
export async function redeliver(message: Message, ownConnectionId?: string): Promise<void> {
  const knowsDuplicates = ({ connectionId, events }: Connection) => events === true || connectionId === ownConnectionId;
  await Promise.all([pushMessage(message), deliverTo(message, ownConnectionId, knowsDuplicates)]);
}

/** In deliveries: the message, and a mark for each user that it mentions. */
const costOf = ({ mentions = [] }: Message): number => 1 + mentions.length;

async function deliverTo(
  message: Message,
  ownConnectionId: string | undefined,
  knowsDuplicates?: (connection: Connection) => boolean,
): Promise<void> {
  const { chatId, seq, userId, createdAt } = message;
  try {
    const receivers = await listReceivers(chatId);
    const connections = smallPartsOf(receivers).filter(knowsDuplicates ?? (() => true));
    // The marks of pages that got the message last an hour; after that a second delivery would post to everybody.
    const isMarked = Date.now() - Date.parse(createdAt) < markLifetime * 1000;
    const parts = largePartsOf(receivers).filter((part) => part === 'inboxes' || !knowsDuplicates || isMarked);
    const isFound = connections.some(({ connectionId }) => connectionId === ownConnectionId);
    const deadline = Date.now() + senderTimeoutMs;
    const delivery = { chatId, seq, userId, exceptConnectionId: ownConnectionId };
    await runToEnd([
      broadcast(connections, message),
      countDeliveries(userId, costOf(message) + connections.length),
      ...parts.map((part) => handOver(part, delivery, deadline)),
      ownConnectionId && !isFound && largePartsOf(receivers).length > 0 && reply(ownConnectionId, message),
    ]);
  } catch (error) {
    log.error('delivery could not begin', { chatId, seq, error });
    countMetric('Faults');
  }
}
