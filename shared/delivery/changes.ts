import type { Message } from '#shared/contract/chats/message.ts';
import { correlationId } from '#shared/platform/invocation-log.ts';
import { log } from '#shared/platform/log.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { broadcast, senderTimeoutMs } from './broadcast.ts';
import { countDeliveries } from './deliveries.ts';
import { invokeDeliver } from './invoke.ts';
import { listSmallRoom, maxUncounted } from './to-chat.ts';

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

/** Tells every connection of the chat that asked for live frames of a change, and counts it. Never throws: the change is stored. */
export async function deliverChange(chatId: string, { shown, seq, rev, userId, isLive }: MadeChange): Promise<void> {
  try {
    const connections = isLive ? await listSmallRoom(chatId) : [];
    if (connections) {
      const live = connections.filter(({ events }) => events);
      const posts = live.length > 0 && broadcast(live, changedFrame(await shown, rev));
      await Promise.all([posts, countSome(userId, live.length)]);
      return;
    }
    const delivery = { chatId, seq, rev, userId, firstShard: 0, shardCount: 1, correlationId: correlationId() };
    await Promise.all([invokeDeliver(delivery, Date.now() + senderTimeoutMs), countDeliveries(userId, 1)]);
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
