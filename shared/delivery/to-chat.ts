import type { Message } from '#shared/contract/chats/message.ts';
import { type Connection, listConnections } from '#shared/data/connections/connections.ts';
import { markLifetime } from '#shared/data/connections/deliveries.ts';
import { correlationId } from '#shared/platform/invocation-log.ts';
import { log } from '#shared/platform/log.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { broadcast, senderTimeoutMs } from './broadcast.ts';
import { countDeliveries, isOverBudget } from './deliveries.ts';
import { invokeDeliver } from './invoke.ts';
import { reply } from './reply.ts';

/** Up to this many connections the sender's function posts itself; to more, the `deliver` function does. */
const maxSmallRoom = 250;

/** The room's connections, if the sender's function can post to all of them; undefined for a large room. */
export async function listSmallRoom(chatId: string): Promise<Connection[] | undefined> {
  const { connections, next, totalShards } = await listConnections(chatId, { limit: maxSmallRoom + 1 });
  const isSmall = next === undefined && totalShards === 1 && connections.length <= maxSmallRoom;
  return isSmall ? connections : undefined;
}

/**
 * Delivers a stored message to every connection of its chat. The connections are listed after it was stored, so that a
 * client that connects and then reads the history gets it one way or the other. Never throws: the message is stored, and
 * a client that misses it finds it by its number. `ownConnectionId` is the connection it came on, answered at once in a
 * large room.
 */
export const deliverToChat = (message: Message, ownConnectionId?: string): Promise<void> =>
  deliverTo(message, ownConnectionId);

/**
 * Delivers a message that its author has sent again, because the first delivery may have broken off. In a small room it
 * goes only to connections that asked for live frames, which know messages by their numbers, and to the one that it came
 * on; in a large one to the pages that did not get it.
 */
export const redeliver = (message: Message, ownConnectionId?: string): Promise<void> =>
  deliverTo(
    message,
    ownConnectionId,
    ({ connectionId, events }) => events === true || connectionId === ownConnectionId,
  );

/** In deliveries: the message, and a mark for each user that it mentions. */
const costOf = ({ mentions = [] }: Message): number => 1 + mentions.length;

async function deliverTo(
  message: Message,
  ownConnectionId: string | undefined,
  knowsDuplicates?: (connection: Connection) => boolean,
): Promise<void> {
  const { chatId, seq, createdAt } = message;
  try {
    const connections = await listSmallRoom(chatId);
    if (connections) {
      const receivers = knowsDuplicates ? connections.filter(knowsDuplicates) : connections;
      await Promise.all([
        broadcast(receivers, message),
        countDeliveries(message.userId, costOf(message) + receivers.length),
      ]);
      return;
    }
    // The marks of pages that got the message last an hour; after that a second delivery would post to everybody.
    const isMarked = Date.now() - Date.parse(createdAt) < markLifetime * 1000;
    await deliverToLargeRoom(message, ownConnectionId, knowsDuplicates === undefined || isMarked);
  } catch (error) {
    log.error('delivery could not begin', { chatId, seq, error });
    countMetric('Faults');
  }
}

async function deliverToLargeRoom(message: Message, ownConnectionId: string | undefined, toOthers: boolean) {
  const delivery = {
    chatId: message.chatId,
    seq: message.seq,
    userId: message.userId,
    firstShard: 0,
    shardCount: 1,
    exceptConnectionId: ownConnectionId,
    correlationId: correlationId(),
  };
  // Both run to their end whatever happens to the other: Lambda freezes what is under way when a handler returns.
  const [, invoked] = await Promise.allSettled([
    toOthers && countDeliveries(message.userId, costOf(message)),
    toOthers && invokeDeliver(delivery, Date.now() + senderTimeoutMs),
    ownConnectionId && reply(ownConnectionId, message),
  ]);
  if (invoked.status === 'rejected') throw invoked.reason;
}

/** Posts of a live frame that are not counted: in a small room they cost less than the count. */
export const maxUncounted = 10;

/**
 * Delivers a live frame, which is not stored, to some of the chat's live connections, as long as the user's deliveries are
 * within their budget.
 */
export async function deliverLive(connections: Connection[], userId: string, frame: object): Promise<void> {
  if (connections.length > maxUncounted) {
    if (await isOverBudget(userId)) return;
    await countDeliveries(userId, connections.length);
  }
  await broadcast(connections, frame);
}

/** The connections that asked for live frames; none in a large room, where a frame would cost as much as a message. */
export async function listLiveConnections(chatId: string): Promise<Connection[]> {
  return ((await listSmallRoom(chatId)) ?? []).filter(({ events }) => events);
}
