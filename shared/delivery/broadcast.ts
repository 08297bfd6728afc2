import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, removeConnections } from '#shared/data/connections.ts';
import { log } from '#shared/platform/log.ts';
import { countBy, countMetric } from '#shared/platform/metrics.ts';
import { type PostResult, post } from './post.ts';

/** What a sender waits at most for all of its readers, milliseconds. */
export const sendersBudget = 2000;
/** Posts that are waited for at once: more would only queue up on one Lambda's core. */
const concurrency = 250;
/** The next page of a room may begin when so much of this one is settled: a few slow peers do not delay it, a quota does. */
const most = 3 / 4;
/** A post that takes longer is waited for beside the others: slow peers hold up nobody until they hold all sockets. Milliseconds. */
const slow = 100;
/**
 * API Gateway answers 410 until $connect has returned. A connection this young is tried again only in its first second,
 * so that broken handshakes slow no sender; its item is kept for ten. Milliseconds.
 */
const openingTime = { tried: 1000, kept: 10_000 };
/** The longest wait before the second try; doubles with each further one. The wait is a random part of it. Milliseconds. */
const backoff = { first: 50, most: 2000 };

const outOfTime: PostResult = { result: 'try again', cause: 'OutOfTime' };

/**
 * Posts a frame to each of the connections, side by side. Never throws: what doesn't arrive is in the history, where
 * its reader finds it by number. The posts end within the budget (milliseconds) however slow or dead the peers are.
 */
export async function deliver(
  connections: Connection[],
  frame: object,
  { budget = sendersBudget, whenMostAreDone = () => {} } = {},
): Promise<void> {
  const text = JSON.stringify(frame);
  const deadline = Date.now() + budget;
  const ends = new Map<Connection, PostResult>();
  const allTriedOnce = Promise.withResolvers<unknown>();
  const settle = async (connection: Connection, attempt: Attempt, first: Promise<PostResult>) => {
    const opening = () => Date.now() - connection.connectedAt < openingTime.tried;
    ends.set(connection, await untilSettled(attempt, deadline, { first, turn: allTriedOnce.promise, opening }));
    if (ends.size >= connections.length * most) whenMostAreDone();
  };
  const queue = connections.values();
  const settling: Promise<void>[] = [];
  const worker = async () => {
    for (const connection of queue) {
      const attempt = () => post(connection.connectionId, text, deadline);
      const first = attempt();
      settling.push(settle(connection, attempt, first));
      await Promise.race([first, sleep(slow, undefined, { ref: false })]);
      if (Date.now() >= deadline) return;
    }
  };
  allTriedOnce.resolve(Promise.all(Array.from({ length: Math.min(concurrency, connections.length) }, worker)));
  const over = new AbortController();
  const time = sleep(budget, undefined, { signal: over.signal }).catch(() => {});
  await Promise.race([allTriedOnce.promise.then(() => Promise.all(settling)), time]);
  over.abort();
  whenMostAreDone();
  const endOf = (connection: Connection) => ends.get(connection) ?? outOfTime;
  const { done = [], gone = [], ...givenUp } = Object.groupBy(connections, (connection) => endOf(connection).result);
  countMetric('Deliveries', done.length);
  countMetric('ConnectionsGone', gone.length);
  tellGivenUp(Object.values(givenUp).flat().map(endOf), connections[0]?.chatId);
  await forget(gone.filter(({ connectedAt }) => Date.now() - connectedAt >= openingTime.kept));
}

/** Answers a frame on its own socket. */
export async function reply(connectionId: string, frame: object, budget = sendersBudget): Promise<boolean> {
  const text = JSON.stringify(frame);
  const deadline = Date.now() + budget;
  const { result, cause } = await untilSettled(() => post(connectionId, text, deadline), deadline);
  if (result !== 'done' && result !== 'gone') log.warn('reply given up', { connectionId, result, cause });
  return result === 'done';
}

type Attempt = () => Promise<PostResult>;

/**
 * Tries, and again while it makes sense and there is time; but again not before its `turn`, when everybody was tried once.
 * Gives how the last try ended. A connection that is gone is tried again while it may be `opening`.
 */
export async function untilSettled(
  attempt: Attempt,
  deadline: number,
  {
    first = attempt(),
    turn,
    opening = () => false,
  }: { first?: Promise<PostResult>; turn?: Promise<unknown>; opening?: () => boolean } = {},
): Promise<PostResult> {
  let end = await first;
  for (let longest = backoff.first; ; longest = Math.min(longest * 2, backoff.most)) {
    if (end.result !== 'try again' && !(end.result === 'gone' && opening())) return end;
    await turn;
    const pause = Math.random() * longest;
    if (Date.now() + pause >= deadline) return end;
    await sleep(pause);
    countMetric('DeliveryRetries');
    end = await attempt();
  }
}

function tellGivenUp(givenUp: PostResult[], chatId: string | undefined): void {
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
