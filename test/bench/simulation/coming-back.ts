import { jittered, times } from '../../../infra/local/playground/client/realtime/times.ts';
import { comingBack } from './assumptions.ts';
import { resetClock, runUntil, sleep } from './clock.ts';
import { Quota } from './quota.ts';
import { between, seedRandom } from './random.ts';

type Rate = ConstructorParameters<typeof Quota>[0];

/** Everybody's inbox has broken at the same moment. */
export interface ComingBack {
  users: number;
  /** REST requests, as the stage or the account allows. */
  requests: Rate;
  handshakes: Rate;
  /** Whether a client keeps its open socket when `GET /chats/unread` is refused; otherwise it begins anew. */
  keepsSocket: boolean;
  /** Users and quotas are divided into this many equal parts, and only one is simulated. */
  parts: number;
}

export interface CameBack {
  /** How long each user took to come back, milliseconds, sorted; `Infinity` if that took too long. */
  times: number[];
  /** What counts are to be multiplied by. */
  parts: number;
  counts: { requests: number; refusedRequests: number; handshakes: number; refusedHandshakes: number };
}

/** For how long it is watched, milliseconds. */
const longest = 60 * 60 * 1000;

export async function simulateComingBack(scenario: ComingBack, seed: number): Promise<CameBack> {
  resetClock();
  seedRandom(seed);
  const { users, parts } = scenario;
  const storm = new Storm(scenario);
  const startedAt = Date.now();
  const all = Array.from({ length: users / parts }, () => Number.POSITIVE_INFINITY);
  let away = all.length;
  for (const n of all.keys())
    void storm.comeBack().then(() => {
      all[n] = Date.now() - startedAt;
      away--;
    });
  await runUntil(() => away === 0 || Date.now() - startedAt >= longest);
  return { times: all.sort((a, b) => a - b), parts, counts: storm.counts };
}

/** Clients that come back by the rules of docs/api.md and with the waits of our own. */
class Storm {
  readonly counts = { requests: 0, refusedRequests: 0, handshakes: 0, refusedHandshakes: 0 };
  private readonly requests: Quota;
  private readonly handshakes: Quota;
  private readonly keepsSocket: boolean;

  constructor({ requests, handshakes, keepsSocket, parts }: ComingBack) {
    const part = ({ rate, burst }: Rate) => new Quota({ rate: rate / parts, burst: Math.max(1, burst / parts) });
    this.requests = part(requests);
    this.handshakes = part(handshakes);
    this.keepsSocket = keepsSocket;
  }

  /** Repeats rounds until one succeeds. */
  async comeBack(): Promise<void> {
    await untilDone(async () => (await this.request()) && (await this.openSocket()) && (await this.askForNumbers()));
  }

  private async openSocket(): Promise<boolean> {
    await sleep(between(comingBack.handshake));
    this.counts.handshakes++;
    const isOpen = this.handshakes.take();
    if (!isOpen) this.counts.refusedHandshakes++;
    return isOpen;
  }

  private async askForNumbers(): Promise<boolean> {
    if (await this.request()) return true;
    if (this.keepsSocket) await untilDone(() => this.request());
    return this.keepsSocket;
  }

  /** A request over REST, for a ticket or for the numbers of all chats; what API Gateway refuses is sent again. */
  private async request(): Promise<boolean> {
    for (let tries = 0; tries < comingBack.tries; tries++) {
      if (tries > 0) await sleep(jittered(times.repeat, tries - 1));
      await sleep(between(comingBack.request));
      this.counts.requests++;
      if (this.requests.take()) return true;
      this.counts.refusedRequests++;
    }
    return false;
  }
}

/** Waits before each attempt, as a client does that has lost its connection. */
async function untilDone(attempt: () => Promise<boolean>): Promise<void> {
  for (let failures = 0, isDone = false; !isDone; failures++) {
    await sleep(jittered(times.reconnect, failures));
    isDone = await attempt();
  }
}
