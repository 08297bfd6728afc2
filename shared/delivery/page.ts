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
 * Delivers a message, or a change of one, to one page of a large room: the work of one invocation of `deliver`. Throws if a part of it could
 * not be done, so that Lambda invokes it again with the same event. The page's mark makes the repetition harmless: a page
 * that was posted to gets no second posts, and it starts the same pages as the first time.
 */
export async function deliverPage(delivery: Delivery, readFrame: () => Promise<object>): Promise<void> {
  const { chatId, seq, rev, userId, firstShard: shard, afterConnectionId: after, exceptConnectionId } = delivery;
  const listed = await listConnections(chatId, { limit: pageSize, shard, after });
  const what = rev === undefined ? seq : (`rev ${rev}` as const);
  const page = { chatId, what, shard, after: after ?? '' };
  const { next, state } = await beginPage(page, listed.next);
  if (state === 'done') return;

  const read = { connectionCount: listed.connections.length, next, totalShards: listed.totalShards };
  const plan = planPage(delivery, read, settings.parallelPages());
  await mapConcurrently(plan.now, plan.now.length, (part) => invokeDeliver(part));
  if (plan.shards !== undefined)
    await spread(chatId, plan.shards).catch((error) => log.warn('room not spread', { error }));

  const isDue = ({ connectionId, events }: Connection) =>
    connectionId !== exceptConnectionId &&
    (next === undefined || connectionId <= next) &&
    (rev === undefined || events === true);
  const connections = state === 'posted' ? [] : listed.connections.filter(isDue);
  const frame = connections.length > 0 ? await readFrame() : {};
  await countDeliveries(userId, connections.length);
  const mostDone = Promise.withResolvers<void>();
  const posts = broadcast(connections, frame, { timeoutMs, onMostDone: mostDone.resolve });
  const startLater = async () => {
    await mostDone.promise;
    if (plan.later) await invokeDeliver(plan.later);
  };
  const [, started] = await Promise.allSettled([posts, startLater()]);
  await endPage(page, started.status === 'fulfilled' ? 'done' : 'posted');
  if (started.status === 'rejected') throw started.reason;
}
