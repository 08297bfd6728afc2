import type { Message } from '#shared/contract/chats/message.ts';
import { log } from '#shared/platform/log.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { runToEnd } from '#shared/platform/run-to-end.ts';
import { broadcast, senderTimeoutMs } from './broadcast.ts';
import { countDeliveries } from './deliveries.ts';
import { handOver } from './invoke.ts';
import { maxUncounted } from './live.ts';
import { largePartsOf, listReceivers, nobody, smallPartsOf } from './receivers.ts';

/** The frame of a change. Only a live one has the number. */
export const changedFrame = (message: Message, rev?: number) => ({
  type: 'changed' as const,
  chatId: message.chatId,
  ...(rev !== undefined && { rev }),
  message,
});

/** A change of a message, whose new state is still being read. */
interface MadeChange {
  shown: Promise<Message>;
  seq: number;
  rev: number;
  /** Who made it. */
  userId: string;
  /** Whether it is sent at all; otherwise readers learn of it when they catch up. */
  isLive: boolean;
}

/**
 * Tells every connection of the chat that asked for live frames of a change, and its participants' inboxes, and counts it.
 * Never throws: the change is stored.
 */
export async function deliverChange(chatId: string, { shown, seq, rev, userId, isLive }: MadeChange): Promise<void> {
  try {
    const receivers = isLive ? await listReceivers(chatId) : nobody;
    const live = smallPartsOf(receivers).filter(({ events }) => events);
    const parts = largePartsOf(receivers);
    const deadline = Date.now() + senderTimeoutMs;
    const frame = live.length > 0 ? changedFrame(await shown, rev) : {};
    await runToEnd([
      broadcast(live, frame),
      parts.length > 0 ? countDeliveries(userId, 1 + live.length) : countSome(userId, live.length),
      ...parts.map((part) => handOver(part, { chatId, seq, rev, userId }, deadline)),
    ]);
  } catch (error) {
    log.error('delivery could not begin', { chatId, seq, rev, error });
    countMetric('Faults');
  }
}

/** Of changes that few connections hear one in ten is counted, ten times: counting each would cost as much as the change. */
const sample = 10;

async function countSome(userId: string, deliveries: number): Promise<void> {
  const isSmall = deliveries <= maxUncounted;
  if (isSmall && Math.random() >= 1 / sample) return;
  await countDeliveries(userId, (1 + deliveries) * (isSmall ? sample : 1));
}
