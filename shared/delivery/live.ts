import type { Connection } from '#shared/data/connections/connections.ts';
import { broadcast } from './broadcast.ts';
import { countDeliveries, isOverBudget } from './deliveries.ts';
import { listReceivers, smallPartsOf } from './receivers.ts';

/** Frames that are not stored, such as read marks. */

/** Posts of a live frame that are not counted: in a small room they cost less than the count. */
export const maxUncounted = 10;

/**
 * The connections that asked for live frames. None of a large part, where a frame would cost as much as a message, and none
 * in a chat of more than `maxParticipants`.
 */
export async function listLiveConnections(
  chatId: string,
  options: { maxParticipants?: number } = {},
): Promise<Connection[]> {
  return smallPartsOf(await listReceivers(chatId, options)).filter(({ events }) => events);
}

/** Delivers a live frame to some of the chat's live connections, as long as the user's deliveries are within their budget. */
export async function deliverLive(connections: Connection[], userId: string, frame: object): Promise<void> {
  if (connections.length > maxUncounted) {
    if (await isOverBudget(userId)) return;
    await countDeliveries(userId, connections.length);
  }
  await broadcast(connections, frame);
}
