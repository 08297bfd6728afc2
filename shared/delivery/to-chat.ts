import type { Message } from '#shared/contract/chats/message.ts';
import { type Connection, type ConnectionPage, listConnections } from '#shared/data/connections.ts';
import { beginPage, endPage, marksLifetime } from '#shared/data/deliveries.ts';
import { shardsFor, spread } from '#shared/data/shards.ts';
import { correlationId } from '#shared/platform/invocation-log.ts';
import { log } from '#shared/platform/log.ts';
import { countMetric } from '#shared/platform/metrics.ts';
import { settings } from '#shared/platform/settings.ts';
import { deliver, reply, sendersBudget } from './broadcast.ts';
import { type Delivery, invoke } from './invoke.ts';

/** A sender posts to a room of so many connections itself; to a larger one the `deliver` function does. */
const sendersRoom = 250;
/** Connections that one invocation posts to: about a second of CPU. */
const pageSize = 1000;
/** What a page waits for its peers: throttled posts are tried again for so long. Milliseconds. */
const pageBudget = 20_000;

/** Lists a room's connections, if a sender can post to all of them itself. */
async function listSmallRoom(chatId: string): Promise<Connection[] | undefined> {
  const { connections, next, shards } = await listConnections(chatId, { limit: sendersRoom + 1 });
  return next === undefined && shards === 1 && connections.length <= sendersRoom ? connections : undefined;
}

/**
 * Delivers a stored message to every connection of its chat. The connections are listed after it was stored, so that a
 * client that connects and then reads the history has it one way or the other. Never throws: the message is stored, and a
 * client that does not get it finds it by its number. `own` is the connection it came on, answered at once in a large room.
 */
export const deliverToChat = (message: Message, own?: string): Promise<void> => deliverTo(message, own);

/**
 * Delivers a message that its author sent again, because the first delivery may have broken off. In a small room it goes
 * only to connections that asked for events, which know messages by their numbers, and to the one that it came on; in a
 * large one to the pages that did not have it.
 */
export const redeliver = (message: Message, own?: string): Promise<void> =>
  deliverTo(message, own, ({ connectionId, events }) => events === true || connectionId === own);

async function deliverTo(message: Message, own: string | undefined, who?: (connection: Connection) => boolean) {
  const { chatId, seq, createdAt } = message;
  try {
    const connections = await listSmallRoom(chatId);
    if (connections) return await deliver(who ? connections.filter(who) : connections, message);
    // Pages that had the message are remembered for an hour; later, delivering again would post to everybody.
    const known = who === undefined || Date.now() - Date.parse(createdAt) < marksLifetime * 1000;
    const delivery = { message, shard: 0, shards: 1, except: own, correlationId: correlationId() };
    const invoked = known && invoke(delivery, Date.now() + sendersBudget);
    // Both to their end, whatever becomes of one: what is under way when a handler returns, Lambda freezes.
    const [started] = await Promise.allSettled([invoked, own && reply(own, message)]);
    if (started.status === 'rejected') throw started.reason;
  } catch (error) {
    log.error('delivery could not begin', { chatId, seq, error });
    countMetric('Faults');
  }
}

/**
 * Delivers a frame that isn't stored to those who asked for such. Large rooms don't get it: it would cost as much as a
 * message. Never throws: what it tells of is done.
 */
export async function deliverLive(chatId: string, frame: object): Promise<void> {
  try {
    await deliver(await listWatching(chatId), frame);
  } catch (error) {
    log.warn('event not delivered', { chatId, error });
  }
}

export async function listWatching(chatId: string): Promise<Connection[]> {
  return ((await listSmallRoom(chatId)) ?? []).filter(({ events }) => events);
}

/**
 * The work of one invocation: a page. Throws when something of it could not be done: Lambda will invoke again, with the
 * same event. A page whose posts were ended gets no others then, and what it starts is the same as the first time.
 */
export async function deliverPart(delivery: Delivery): Promise<void> {
  const { message, shard, shards, after, except } = delivery;
  const { chatId, seq } = message;
  const listed = await listConnections(chatId, { limit: pageSize, shard, after });
  const key = { chatId, seq, shard, after: after ?? '' };
  const { next, state } = await beginPage(key, listed.next);
  if (state === 'done') return;
  await goOn(delivery, { ...listed, next });
  const due = ({ connectionId }: Connection) => connectionId !== except && (next === undefined || connectionId <= next);
  const connections = state === 'posted' ? [] : listed.connections.filter(due);
  const mostAreDone = Promise.withResolvers<void>();
  const posting = deliver(connections, message, { budget: pageBudget, whenMostAreDone: mostAreDone.resolve });
  // Not before most of this page is done, so that no more than `parallelPages` of one room are posted to at once.
  const nextShard = async () => {
    await mostAreDone.promise;
    if (next === undefined && shards > 1) await invoke(nextShardOf(delivery));
  };
  const [, started] = await Promise.allSettled([posting, nextShard()]);
  await endPage(key, started.status === 'fulfilled' ? 'done' : 'posted');
  if (started.status === 'rejected') throw started.reason;
}

function nextShardOf({ after: _, passed: __, ...delivery }: Delivery): Delivery {
  return { ...delivery, shard: delivery.shard + 1, shards: delivery.shards - 1 };
}

/** Divides the shards of a room into parts: within each, one shard comes after the other. */
async function divide(delivery: Delivery): Promise<void> {
  const { shard, shards } = delivery;
  const size = Math.ceil(shards / settings.parallelPages());
  const parts = Array.from({ length: Math.ceil(shards / size) }, (_, n) => ({
    ...delivery,
    shard: shard + n * size,
    shards: Math.min(size, shards - n * size),
  }));
  await Promise.all(parts.map((part) => invoke(part)));
}

/** Starts what need not wait for this page's posts: the next page of its shard and, from the room's first page, all other shards. */
async function goOn(delivery: Delivery, { connections, next, shards }: ConnectionPage): Promise<void> {
  const { message, shard, after, of = shards, passed = 0 } = delivery;
  const known = passed + connections.length;
  const first = shard === 0 && after === undefined;
  await Promise.all([
    next !== undefined && invoke({ ...delivery, of, after: next, passed: known }),
    first && of > 1 && divide({ ...delivery, of, shard: 1, shards: of - 1 }),
  ]);
  // The room's size is estimated from shard 1 if there is one: shard 0 still holds the connections from before the split.
  const wanted = shardsFor(known * of);
  if (next === undefined && shard === Math.min(of - 1, 1) && wanted > 1)
    await spread(message.chatId, Math.max(wanted, of)).catch((error) => log.warn('room not spread', { error }));
}
