import { type Connection, listConnections } from '#shared/data/connections/connections.ts';
import { beginPage, endPage } from '#shared/data/connections/deliveries.ts';
import { spread } from '#shared/data/connections/shards.ts';
import { mapConcurrently } from '#shared/platform/lists.ts';
import { log } from '#shared/platform/log.ts';
import { settings } from '#shared/platform/settings.ts';
import { broadcast } from './broadcast.ts';
import { countDeliveries } from './deliveries.ts';
import { type Delivery, invokeDeliver } from './invoke.ts';
import { planPage } from './plan.ts';

/** Connections that one invocation posts to: about a second of CPU. */
const pageSize = 1000;
/** How long throttled posts are retried, milliseconds. */
const timeoutMs = 20_000;

/**
 * Delivers a message to one page of a large room: the work of one invocation of `deliver`. Throws if a part of it could
 * not be done, so that Lambda invokes it again with the same event. The page's mark makes the repetition harmless: a page
 * that was posted to gets no second posts, and it starts the same pages as the first time.
 */
export async function deliverPage(delivery: Delivery): Promise<void> {
  const { message, firstShard: shard, afterConnectionId: after, exceptConnectionId } = delivery;
  const { chatId, seq } = message;
  const listed = await listConnections(chatId, { limit: pageSize, shard, after });
  const page = { chatId, seq, shard, after: after ?? '' };
  const { next, state } = await beginPage(page, listed.next);
  if (state === 'done') return;

  const read = { connectionCount: listed.connections.length, next, totalShards: listed.totalShards };
  const plan = planPage(delivery, read, settings.parallelPages());
  await mapConcurrently(plan.now, plan.now.length, (part) => invokeDeliver(part));
  if (plan.shards !== undefined)
    await spread(chatId, plan.shards).catch((error) => log.warn('room not spread', { error }));

  const isDue = ({ connectionId }: Connection) =>
    connectionId !== exceptConnectionId && (next === undefined || connectionId <= next);
  const connections = state === 'posted' ? [] : listed.connections.filter(isDue);
  await countDeliveries(message.userId, connections.length);
  const mostDone = Promise.withResolvers<void>();
  const posts = broadcast(connections, message, { timeoutMs, onMostDone: mostDone.resolve });
  const startLater = async () => {
    await mostDone.promise;
    if (plan.later) await invokeDeliver(plan.later);
  };
  const [, started] = await Promise.allSettled([posts, startLater()]);
  await endPage(page, started.status === 'fulfilled' ? 'done' : 'posted');
  if (started.status === 'rejected') throw started.reason;
}
