import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, removeConnections } from '#shared/data/connections/connections.ts';
import { log } from '#shared/platform/log.ts';
import { countBy, countMetric } from '#shared/platform/metrics.ts';
import { type PostResult, post } from './post.ts';
import { retryPost } from './retry-post.ts';

/** How long a sender's function posts to the readers, milliseconds. */
export const senderTimeoutMs = 2000;
/** Posts that are waited for at once: more would only queue up on one Lambda's core. */
const concurrency = 250;
/** The next page of a room may begin when so much of this one is done: a few slow peers do not delay it, a quota does. */
const nextPageThreshold = 3 / 4;
/** A post that takes longer no longer holds up its worker: slow peers delay nobody until they hold all sockets. Milliseconds. */
const slowPostMs = 100;
/**
 * API Gateway answers 410 until $connect has returned. A connection this young is retried only in its first second, so
 * that broken handshakes slow no sender; its item is kept for ten. Milliseconds.
 */
const openingMs = { retried: 1000, kept: 10_000 };

const outOfTime: PostResult = { result: 'try again', cause: 'OutOfTime' };

const ageOf = ({ connectedAt }: Connection) => Date.now() - connectedAt;

/**
 * Posts a frame to each of the connections, side by side. Never throws: what doesn't arrive is in the history, where its
 * reader finds it by number. The posts end in time however slow or dead the peers are. `onMostDone` is called when three
 * quarters are done, at the latest when all are. Returns the connections that could be tried again; unless `isLast` is
 * false, they are given up.
 */
export async function broadcast<Some extends Connection>(
  connections: Some[],
  frame: object,
  { timeoutMs = senderTimeoutMs, onMostDone = () => {}, isLast = true } = {},
): Promise<Some[]> {
  const posts = new Posts(connections, JSON.stringify(frame), timeoutMs, onMostDone);
  await posts.run();
  const byResult = Object.groupBy(connections, (one) => posts.resultOf(one).result);
  const { done = [], gone = [], refused = [], 'try again': left = [] } = byResult;
  countMetric('Deliveries', done.length);
  countMetric('ConnectionsGone', gone.length);
  reportGivenUp([...refused, ...(isLast ? left : [])].map(posts.resultOf), frame);
  await removeGone(gone.filter((connection) => ageOf(connection) >= openingMs.kept));
  return left;
}

/** The posts of one frame: a first round to everybody, then retries. */
class Posts {
  private readonly connections: Connection[];
  private readonly text: string;
  private readonly timeoutMs: number;
  private readonly deadline: number;
  private readonly onMostDone: () => void;
  private readonly results = new Map<Connection, PostResult>();
  private readonly firstRound = Promise.withResolvers<unknown>();
  private readonly underWay: Promise<void>[] = [];

  constructor(connections: Connection[], text: string, timeoutMs: number, onMostDone: () => void) {
    this.connections = connections;
    this.text = text;
    this.timeoutMs = timeoutMs;
    this.deadline = Date.now() + timeoutMs;
    this.onMostDone = onMostDone;
  }

  readonly resultOf = (connection: Connection): PostResult => this.results.get(connection) ?? outOfTime;

  /** Resolves when every post has its result, or time is up. */
  async run(): Promise<void> {
    const queue = this.connections.values();
    const workers = Array.from({ length: Math.min(concurrency, this.connections.length) }, () => this.work(queue));
    this.firstRound.resolve(Promise.all(workers));
    const timer = new AbortController();
    const timeIsUp = sleep(this.timeoutMs, undefined, { signal: timer.signal }).catch(() => {});
    await Promise.race([this.firstRound.promise.then(() => Promise.all(this.underWay)), timeIsUp]);
    timer.abort();
    this.onMostDone();
  }

  /** Posts to one connection of the queue after the other, waiting for each as long as it is not slow. */
  private async work(queue: Iterable<Connection>): Promise<void> {
    for (const connection of queue) {
      const attempt = () => post(connection.connectionId, this.text, this.deadline);
      const firstAttempt = attempt();
      this.underWay.push(this.finish(connection, attempt, firstAttempt));
      await Promise.race([firstAttempt, sleep(slowPostMs, undefined, { ref: false })]);
      if (Date.now() >= this.deadline) return;
    }
  }

  private async finish(
    connection: Connection,
    attempt: () => Promise<PostResult>,
    firstAttempt: Promise<PostResult>,
  ): Promise<void> {
    const mayStillBeOpening = () => ageOf(connection) < openingMs.retried;
    const afterFirstRound = this.firstRound.promise;
    const result = await retryPost(attempt, this.deadline, { firstAttempt, afterFirstRound, mayStillBeOpening });
    this.results.set(connection, result);
    if (this.results.size >= this.connections.length * nextPageThreshold) this.onMostDone();
  }
}

function reportGivenUp(results: PostResult[], frame: object): void {
  const chatId = 'chatId' in frame ? frame.chatId : undefined;
  const byCause = Map.groupBy(results, ({ cause = '' }) => cause);
  for (const [cause, { length }] of byCause) {
    log.warn('delivery given up', { chatId, connections: length, ...countBy({ cause }, 'DeliveriesGivenUp', length) });
    countMetric('DeliveriesGivenUp', length);
  }
}

async function removeGone(gone: Connection[]): Promise<void> {
  try {
    await removeConnections(gone);
  } catch (error) {
    log.warn('gone connections could not be removed', { connections: gone.length, error });
  }
}
