import { styleText } from 'node:util';
import { printable } from '../console/printable.ts';
import { randomFrom } from '../random.ts';

interface FaultKind {
  /** It strikes one in so many. */
  oneIn: number;
  of: string;
  effect: string;
  /** Once it strikes, it strikes so many times. */
  inARow?: number;
}

/**
 * The faults of `--chaos`: AWS has all of them, but far less often. A hundred messages between two people are about 200
 * requests, 200 invocations, 150 frames, 600 posts and 2,000 calls to DynamoDB, 1,300 of them writes, and each
 * picture among them is three requests to S3: each fault strikes a few times, and a connection still lasts for a dozen
 * messages.
 */
export const faultKinds = {
  requestThrottled: { oneIn: 20, of: 'requests and handshakes', effect: '429 from API Gateway' },
  frameThrottled: { oneIn: 20, of: 'frames', effect: '"Too Many Requests" instead of an answer' },
  noConcurrency: {
    oneIn: 40,
    of: 'invocations',
    effect: '503, or "Internal server error" for a frame, as without free concurrency',
  },
  coldStart: { oneIn: 30, of: 'invocations', effect: 'a new environment, which takes a second' },
  socketCut: { oneIn: 150, of: 'frames in either direction', effect: 'the socket breaks and the frame is lost' },
  // As many as are not lost, because sockets end rarely.
  disconnectLost: { oneIn: 2, of: 'ended sockets', effect: '$disconnect is not invoked' },
  // More in a row than a function attempts, so that it answers 503 itself now and then.
  databaseThrottled: {
    oneIn: 500,
    of: 'calls to DynamoDB',
    effect: 'throttled, and the next five calls too',
    inARow: 6,
  },
  writeConflict: { oneIn: 100, of: 'writes to DynamoDB', effect: 'a conflict with a transaction' },
  postThrottled: { oneIn: 40, of: 'posts to connections', effect: '429 LimitExceededException' },
  postFailed: { oneIn: 40, of: 'posts to connections', effect: '500' },
  connectionGone: { oneIn: 150, of: 'posts to connections', effect: '410 GoneException, and the socket breaks' },
  queueThrottled: { oneIn: 100, of: 'messages to queues', effect: '400 RequestThrottled' },
  queueRepeats: { oneIn: 20, of: 'messages in queues', effect: 'the function gets the message once more' },
  storageThrottled: { oneIn: 20, of: 'requests to S3', effect: '503 SlowDown' },
  storageCut: { oneIn: 20, of: 'requests to S3', effect: 'the connection breaks before anything is done' },
  storageAnswerLost: { oneIn: 20, of: 'requests to S3', effect: 'the work is done, but the connection breaks' },
} satisfies Record<string, FaultKind>;

export type Fault = keyof typeof faultKinds;

/** Decides where something goes wrong. */
export interface Chaos {
  /** Whether the fault happens here and now. `what` is what it happens to, for the log. */
  strikes(fault: Fault, what: string): boolean;
}

/** Nothing goes wrong. */
export const calm: Chaos = { strikes: () => false };

/** Random faults. With the same seed, each fault strikes the same ones of its requests, frames or calls. */
export class RandomChaos implements Chaos {
  readonly seed: number;
  /** How often each fault has struck. */
  readonly counts = new Map<Fault, number>();
  private readonly log: (line: string) => unknown;
  private readonly streams: Map<string, () => number>;
  private readonly left = new Map<Fault, number>();
  private running = false;

  /** `log` gets a line for each fault. */
  constructor(seed: number, log: (line: string) => unknown) {
    this.seed = seed;
    this.log = log;
    this.streams = new Map(Object.keys(faultKinds).map((fault, n) => [fault, randomFrom(seed + n)]));
  }

  /** Until this, nothing goes wrong: a start must succeed. */
  begin(): void {
    this.running = true;
  }

  end(): void {
    this.running = false;
  }

  strikes(fault: Fault, what: string): boolean {
    if (!this.running) return false;
    const kind: FaultKind = faultKinds[fault];
    const left = this.left.get(fault) ?? 0;
    if (left === 0 && (this.streams.get(fault)?.() ?? 1) * kind.oneIn >= 1) return false;
    this.left.set(fault, left > 0 ? left - 1 : (kind.inARow ?? 1) - 1);
    this.counts.set(fault, (this.counts.get(fault) ?? 0) + 1);
    this.log(styleText('magenta', `chaos: ${fault} ${printable(what)}`));
    return true;
  }
}

/** What the start says: one line for each fault. */
export function describeChaos(seed: number): string[] {
  const lines = Object.entries(faultKinds).map(
    ([fault, { oneIn, of, effect }]) => `  ${fault.padEnd(18)} one in ${oneIn} ${of}: ${effect}`,
  );
  return [`Chaos: faults of AWS at random. The same again: npm start -- --chaos=${seed}`, ...lines];
}
