import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '../table.ts';
import { type Judgement, judge } from './judge.ts';
import { type JitterOptions, type Member, planRooms, type Room, sendersPerRoom } from './plan.ts';

/**
 * Many clients on a bad network: each loses its connection again and again while its rooms keep talking. Who misses
 * what, gets it twice or in the wrong order, and how long does catching up take?
 */

interface JitterReport extends Judgement {
  sent: number;
  acknowledged: number;
  refused: number;
  acknowledgedAndLost: number;
  drops: number;
  stillAway: number;
  /** Milliseconds. */
  catchUp: { p50: number; p99: number };
  /** The delay of this process's event loop: a catch-up time is not more exact than that. */
  loopDelayP99: number;
}

const connectingAtOnce = 50;
/** Milliseconds to wait for the last ones to come back, and for the last messages to arrive. */
const timeoutMs = 60_000;

export async function runJitter(
  makeClient: Parameters<typeof planRooms>[0],
  plan: JitterOptions,
): Promise<JitterReport> {
  const rooms = planRooms(makeClient, plan);
  const everyone = [...new Set(rooms.flatMap(({ observer, members }) => [observer, ...members]))];
  const run = new Run(rooms, everyone);
  const loop = monitorEventLoopDelay();
  try {
    await connectAll(everyone);
    run.start();
    loop.enable();
    const lives = everyone.map((member) => run.live(member));
    const talks = rooms.map((room) => run.talk(room));
    const late = sleep(plan.seconds * 1000 + timeoutMs, undefined, { ref: false });
    await Promise.race([Promise.all([...lives, ...talks]), late]);
    await run.quiet();
    loop.disable();
    return { ...run.report(), loopDelayP99: loop.percentile(99) / 1e6 };
  } finally {
    run.stop();
    for (const { client } of everyone) client.close();
  }
}

/** Some at a time: the storm of a thousand handshakes is another scenario. */
async function connectAll(members: Member[]): Promise<void> {
  for (let n = 0; n < members.length; n += connectingAtOnce) {
    await Promise.all(members.slice(n, n + connectingAtOnce).map(({ client }) => client.connect()));
  }
  console.error(`${members.length} clients are connected`);
}

class Run {
  private readonly rooms: Room[];
  private readonly everyone: Member[];
  private readonly acknowledged = new Set<string>();
  private readonly catchUps: number[] = [];
  private sent = 0;
  private refused = 0;
  private startedAt = 0;
  private progress: NodeJS.Timeout | undefined;

  constructor(rooms: Room[], everyone: Member[]) {
    this.rooms = rooms;
    this.everyone = everyone;
  }

  start(): void {
    this.startedAt = performance.now();
    this.progress = setInterval(() => this.say(), 5000);
  }

  stop(): void {
    clearInterval(this.progress);
  }

  async live(member: Member): Promise<void> {
    for (const { at, lasts } of member.drops) {
      await this.until(at);
      member.online = false;
      member.client.drop();
      await sleep(lasts);
      this.catchUps.push(await member.client.reconnect());
      member.online = true;
    }
  }

  async talk({ number, members, observer, posts }: Room): Promise<void> {
    const senders = members.slice(0, sendersPerRoom);
    for (const { at, turn, content } of posts) {
      await this.until(at);
      const inTurn = [...senders.slice(turn), ...senders.slice(0, turn), observer];
      // An acknowledgement may take a whole drop; the room goes on talking.
      void this.send(inTurn.find(({ online }) => online) ?? observer, number, content);
    }
  }

  /** Nothing has moved for three seconds. */
  async quiet(): Promise<void> {
    let before = '';
    for (let still = 0, waited = 0; still < 3 && waited < timeoutMs; waited += 1000) {
      await sleep(1000);
      const shown = this.shown.flatMap(({ observer, members }) => [observer, ...members]);
      const count = shown.reduce((sum, { length }) => sum + length, 0);
      const now = `${count} ${this.acknowledged.size} ${this.catchUps.length}`;
      still = now === before ? still + 1 : 0;
      before = now;
    }
  }

  report(): Omit<JitterReport, 'loopDelayP99'> {
    const { shown } = this;
    const known = new Set(shown.flatMap(({ observer }) => observer));
    return {
      ...judge(shown),
      sent: this.sent,
      acknowledged: this.acknowledged.size,
      refused: this.refused,
      acknowledgedAndLost: [...this.acknowledged].filter((content) => !known.has(content)).length,
      drops: this.catchUps.length,
      stillAway: this.everyone.filter(({ online }) => !online).length,
      catchUp: { p50: quantile(this.catchUps, 0.5), p99: quantile(this.catchUps, 0.99) },
    };
  }

  private get shown() {
    return this.rooms.map(({ number, observer, members }) => ({
      observer: observer.client.received(number),
      members: members.map(({ client }) => client.received(number)),
    }));
  }

  private async send({ client }: Member, room: number, content: string): Promise<void> {
    this.sent++;
    try {
      await client.send(room, content);
      this.acknowledged.add(content);
    } catch (error) {
      if (this.refused++ === 0) console.error('The first refused message:', error);
    }
  }

  private until(at: number): Promise<void> {
    return sleep(Math.max(0, this.startedAt + at - performance.now()));
  }

  private say(): void {
    const seconds = Math.round((performance.now() - this.startedAt) / 1000);
    const online = this.everyone.filter((member) => member.online).length;
    console.error(
      `${seconds} s: ${this.sent} sent, ${this.acknowledged.size} acknowledged, ` +
        `${online}/${this.everyone.length} online, ${this.catchUps.length} reconnects`,
    );
  }
}
