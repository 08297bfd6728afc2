import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, removeConnections } from '../data/connections.ts';
import { log } from '../log.ts';
import { countBy, countMetric } from '../metrics.ts';
import { post, type Try } from './post.ts';

/** What a sender waits at most for all of its readers, milliseconds. */
const sendersBudget = 2000;
/** Posts that are waited for at once: more only queue up on one Lambda's core. */
const lanes = 250;
/**
 * The part of the connections that may be open when most are done: slow peers hold up nobody, and where a quota refuses
 * more than these, all are waited for.
 */
const few = 1 / 4;
/** A post that takes longer is waited for beside the others, so that slow peers hold up nobody. Milliseconds. */
const slow = 100;
/**
 * A socket this young may still be opening: API Gateway answers 410 until $connect has returned. It is tried again only
 * for its first second, or a client that broke off its handshake would slow all senders; it is kept for ten, because
 * who does open it fetches the history then. Milliseconds.
 */
const openingTime = { tried: 1000, kept: 10_000 };
/** The longest wait before the second try; doubles with each further one. The wait is a random part of it. Milliseconds. */
const backoff = { first: 50, most: 2000 };

type Peer = Pick<Connection, 'connectionId' | 'connectedAt'>;

/**
 * Posts a frame to each of the connections, side by side. Never throws: what doesn't arrive is in the history, where
 * its reader finds it by number. Ends within the budget (milliseconds) however slow or dead the peers are.
 */
export async function deliver(
  connections: Connection[],
  frame: object,
  { budget = sendersBudget, whenMostAreDone = () => {} } = {},
): Promise<void> {
  const text = JSON.stringify(frame);
  const deadline = Date.now() + budget;
  const queue = connections.values();
  const open = new Set(connections);
  const gone: Connection[] = [];
  const givenUp: Try[] = [];
  let done = 0;
  const allTriedOnce = Promise.withResolvers<unknown>();
  const settle = async (connection: Connection, first: Promise<Try>) => {
    const end = await untilSettled(connection, text, deadline, first, allTriedOnce.promise);
    open.delete(connection);
    if (open.size <= connections.length * few) whenMostAreDone();
    if (end.result === 'done') done++;
    else if (end.result === 'gone') gone.push(connection);
    else givenUp.push(end);
  };
  const settling: Promise<void>[] = [];
  const lane = async () => {
    for (const connection of queue) {
      const first = post(connection.connectionId, text, deadline);
      settling.push(settle(connection, first));
      await Promise.race([first, sleep(slow, undefined, { ref: false })]);
      if (Date.now() >= deadline) return;
    }
  };
  allTriedOnce.resolve(Promise.all(Array.from({ length: Math.min(lanes, connections.length) }, lane)));
  const over = new AbortController();
  const time = sleep(budget, undefined, { signal: over.signal }).catch(() => {});
  await Promise.race([allTriedOnce.promise.then(() => Promise.all(settling)), time]);
  over.abort();
  whenMostAreDone();
  const outOfTime = Array.from(open, (): Try => ({ result: 'try again', cause: 'OutOfTime' }));
  countMetric('Deliveries', done);
  countMetric('ConnectionsGone', gone.length);
  tellGivenUp([...givenUp, ...outOfTime], connections[0]?.chatId);
  await forget(gone.filter(({ connectedAt }) => Date.now() - connectedAt >= openingTime.kept));
}

/** Answers a frame on its own socket. */
export async function reply(connectionId: string, frame: object, budget = sendersBudget): Promise<boolean> {
  const text = JSON.stringify(frame);
  // Who has sent a frame has been open for long enough.
  const peer = { connectionId, connectedAt: 0 };
  const deadline = Date.now() + budget;
  const { result, cause } = await untilSettled(peer, text, deadline, post(connectionId, text, deadline));
  if (result !== 'done' && result !== 'gone') log.warn('reply given up', { connectionId, result, cause });
  return result === 'done';
}

/**
 * Tries again while it makes sense and there is time, but not before its `turn`: everybody is tried once first. Gives how
 * the last try ended.
 */
async function untilSettled(
  peer: Peer,
  text: string,
  deadline: number,
  first: Promise<Try>,
  turn?: Promise<unknown>,
): Promise<Try> {
  let end = await first;
  for (let most = backoff.first; ; most = Math.min(most * 2, backoff.most)) {
    const opening = end.result === 'gone' && Date.now() - peer.connectedAt < openingTime.tried;
    const pause = Math.random() * most;
    if (!(end.result === 'try again' || opening)) return end;
    await turn;
    if (Date.now() + pause >= deadline) return end;
    await sleep(pause);
    countMetric('DeliveryRetries');
    end = await post(peer.connectionId, text, deadline);
  }
}

function tellGivenUp(givenUp: Try[], chatId: string | undefined): void {
  const causes = Map.groupBy(givenUp, ({ cause = '' }) => cause);
  for (const [cause, { length }] of causes) {
    log.warn('delivery given up', { chatId, connections: length, ...countBy({ cause }, 'DeliveriesGivenUp', length) });
    countMetric('DeliveriesGivenUp', length);
  }
}

async function forget(gone: Connection[]): Promise<void> {
  try {
    await removeConnections(gone);
  } catch (error) {
    log.warn('gone connections could not be removed', { connections: gone.length, error });
  }
}
