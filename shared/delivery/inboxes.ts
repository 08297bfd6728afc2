import { listInboxes } from '#shared/data/connections/sockets.ts';
import { broadcast } from './broadcast.ts';
import { countDeliveries } from './deliveries.ts';
import type { Delivery } from './invoke.ts';
import { listInboxOwners, staying } from './receivers.ts';

/** How long one round of posts may take, milliseconds: before the next one the participants are read again. */
const roundMs = 2000;
const maxRounds = 10;

/**
 * Delivers a message, or a change of one, to the inboxes of a chat's participants, of whom there are at most a thousand: the
 * work of one invocation of `deliver`. What is throttled is posted again in rounds, each only to those who are still in the
 * chat. Throws if the receivers or the frame could not be read, so that Lambda invokes it again: a client of an inbox knows
 * what it has by its numbers, so a repetition harms nobody.
 */
export async function deliverToInboxes(delivery: Delivery, readFrame: () => Promise<object>): Promise<void> {
  const { chatId, userId, exceptConnectionId } = delivery;
  // Before the participants, so that no time passes between those and the posts.
  const frame = await readFrame();
  const inboxes = await listInboxes(await listInboxOwners(chatId));
  let left = inboxes.filter(({ connectionId }) => connectionId !== exceptConnectionId);
  const counted = countDeliveries(userId, left.length);
  for (let round = 1; left.length > 0 && round <= maxRounds; round++) {
    if (round > 1) left = await staying(chatId, left);
    left = await broadcast(left, frame, { timeoutMs: roundMs, isLast: round === maxRounds });
  }
  await counted;
}
