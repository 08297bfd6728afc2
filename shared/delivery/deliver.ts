import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, removeConnections } from '../data/connections.ts';
import { log } from '../log.ts';
import { post } from './post.ts';

/** Posts in flight at once: more only queue up on one Lambda's core. */
const lanes = 50;
/** What a sender waits at most for all of its readers, milliseconds. */
const budget = 2000;
/**
 * A socket this young may still be opening: API Gateway answers 410 until $connect has returned. It is tried again only
 * for its first second, or a client that broke off its handshake would slow all senders; it is kept for ten, because
 * who does open it fetches the history then. Milliseconds.
 */
const openingTime = { tried: 1000, kept: 10_000 };
/** Before the second try; doubles with each further one, and each wait is a random part of it. Milliseconds. */
const firstWait = 50;

/**
 * Posts a frame to each of the connections, side by side. Never throws: what doesn't arrive is in the history, where
 * its reader finds it by number. Ends within the budget however slow or dead the peers are.
 */
export async function deliver(connections: Connection[], frame: object): Promise<void> {
  const data = Buffer.from(JSON.stringify(frame));
  const deadline = Date.now() + budget;
  const queue = connections.values();
  const lane = async () => {
    for (const connection of queue) {
      await deliverTo(connection, data, deadline);
      if (Date.now() >= deadline) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, connections.length) }, lane));
  const left = [...queue].length;
  if (left > 0)
    log.warn('delivery given up', { chatId: connections[0]?.chatId, result: 'out of time', connections: left });
}

/** Answers a frame on its own socket, in one try: a client that hears nothing sends again, with the same clientId. */
export async function reply(connectionId: string, frame: object): Promise<void> {
  const { result, cause } = await post(connectionId, Buffer.from(JSON.stringify(frame)));
  if (result !== 'done') log.warn('reply given up', { connectionId, result, error: cause });
}

async function deliverTo(connection: Connection, data: Uint8Array, deadline: number): Promise<void> {
  const { connectionId, chatId } = connection;
  for (let wait = firstWait; ; wait *= 2) {
    const { result, cause } = await post(connectionId, data);
    if (result === 'done') return;
    const age = Date.now() - connection.connectedAt;
    if (result === 'gone' && age >= openingTime.kept) return forget(connection);
    if (result === 'gone' && age >= openingTime.tried) return;
    const pause = Math.random() * wait;
    if (result === 'refused' || Date.now() + pause >= deadline) {
      log.warn('delivery given up', { connectionId, chatId, result, error: cause });
      return;
    }
    await sleep(pause);
  }
}

async function forget(connection: Connection): Promise<void> {
  try {
    await removeConnections([connection]);
  } catch (error) {
    log.warn('a gone connection could not be removed', { connectionId: connection.connectionId, error });
  }
}
