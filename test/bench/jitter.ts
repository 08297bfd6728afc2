import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Many clients on a bad network: each loses its connection again and again while its room keeps talking. Who misses
 * what, gets it twice or in the wrong order, and how long does catching up take? The transport is the caller's.
 */

export interface JitterClient {
  connect(): Promise<void>;
  /** A hard cut: neither side says goodbye. */
  drop(): void;
  /** Resolves with the milliseconds from its start until the client has everything it missed. Tries until it's there. */
  reconnect(): Promise<number>;
  /** Resolves when the server has acknowledged the message. */
  send(content: string): Promise<void>;
  /** What the user sees by now, in the order in which the user sees it. */
  received(): string[];
  close(): void;
}

export interface JitterOptions {
  rooms: number;
  clients: number;
  dropsEach: number;
  /** Milliseconds. */
  longestDrop: number;
  seconds: number;
  messagesPerRoomPerSecond: number;
  seed: number;
}

/** Of one client, against the order in which its room's observer got the messages. */
interface Tally {
  missing: number;
  duplicated: number;
  /** Shown below a message that is newer. */
  outOfOrder: number;
  /** Shown here, but not to the observer. */
  unknown: number;
}

export interface JitterReport {
  sent: number;
  acknowledged: number;
  refused: number;
  /** Sent, but nobody's: the observer of the room never got it. */
  lostOnTheWay: number;
  acknowledgedAndLost: number;
  expectedPairs: number;
  presentPercent: number;
  total: Tally;
  worst: Tally;
  clientsMissingSome: number;
  drops: number;
  stillAway: number;
  catchUp: { p50: number; p99: number; longest: number };
  /** The delay of this process's event loop: a catch-up time is not more exact than that. */
  loopDelayP99: number;
  perClient: Tally[];
}

interface Drop {
  at: number;
  lasts: number;
}

interface Post {
  at: number;
  turn: number;
  content: string;
}

interface Member {
  client: JitterClient;
  drops: Drop[];
  online: boolean;
}

interface Room {
  observer: Member;
  members: Member[];
  posts: Post[];
}

const usual: JitterOptions = {
  rooms: 20,
  clients: 1000,
  dropsEach: 8,
  longestDrop: 2000,
  seconds: 60,
  messagesPerRoomPerSecond: 2,
  seed: 1,
};

const sendersPerRoom = 5;
const connectingAtOnce = 50;
/** Milliseconds to wait for the last ones to come back, and for the last messages to arrive. */
const timeoutMs = 60_000;

export async function runJitter(
  makeClient: (room: number, user: number) => JitterClient,
  options: Partial<JitterOptions> = {},
): Promise<JitterReport> {
  const plan = { ...usual, ...options };
  const rooms = planRooms(makeClient, plan);
  const everyone = rooms.flatMap(({ observer, members }) => [observer, ...members]);
  const run = new Run(everyone);
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
    return { ...run.report(rooms), loopDelayP99: loop.percentile(99) / 1e6 };
  } finally {
    run.stop();
    for (const { client } of everyone) client.close();
  }
}

/** Everything random is drawn here, before anything happens: the schedule is the same for every transport. */
function planRooms(makeClient: (room: number, user: number) => JitterClient, plan: JitterOptions): Room[] {
  const random = mulberry32(plan.seed);
  const rooms = Array.from({ length: plan.rooms }, (_, room): Room => {
    const observer = { client: makeClient(room, plan.clients + room), drops: [], online: true };
    return { observer, members: [], posts: planPosts(room, random, plan) };
  });
  for (let user = 0; user < plan.clients; user++) {
    const client = makeClient(user % plan.rooms, user);
    rooms[user % plan.rooms]?.members.push({ client, drops: planDrops(random, plan), online: true });
  }
  return rooms;
}

/** One drop in each equal share of the time: at random, yet never two at once. The shares of each client are its own. */
function planDrops(random: () => number, { dropsEach, longestDrop, seconds }: JitterOptions): Drop[] {
  const share = (seconds * 1000) / dropsEach;
  const phase = random() * share;
  const drops = Array.from({ length: dropsEach }, (_, n) => {
    const lasts = random() * Math.min(longestDrop, share);
    return { at: (phase + n * share + random() * (share - lasts)) % (seconds * 1000), lasts };
  });
  return drops.toSorted((a, b) => a.at - b.at);
}

function planPosts(room: number, random: () => number, plan: JitterOptions): Post[] {
  const phase = random();
  return Array.from({ length: Math.floor(plan.seconds * plan.messagesPerRoomPerSecond) }, (_, n) => ({
    at: ((n + phase) * 1000) / plan.messagesPerRoomPerSecond,
    turn: Math.floor(random() * sendersPerRoom),
    content: `Message ${n} of room ${room}`,
  }));
}

/** Some at a time: the storm of a thousand handshakes is another scenario. */
async function connectAll(members: Member[]): Promise<void> {
  for (let n = 0; n < members.length; n += connectingAtOnce) {
    await Promise.all(members.slice(n, n + connectingAtOnce).map(({ client }) => client.connect()));
  }
  console.error(`${members.length} clients are connected`);
}

class Run {
  readonly #members: Member[];
  readonly #sent: string[] = [];
  readonly #acknowledged = new Set<string>();
  readonly #catchUps: number[] = [];
  #refused = 0;
  #startedAt = 0;
  #progress: NodeJS.Timeout | undefined;

  constructor(members: Member[]) {
    this.#members = members;
  }

  start(): void {
    this.#startedAt = performance.now();
    this.#progress = setInterval(() => this.#say(), 5000);
  }

  stop(): void {
    clearInterval(this.#progress);
  }

  async live(member: Member): Promise<void> {
    for (const { at, lasts } of member.drops) {
      await this.#until(at);
      member.online = false;
      member.client.drop();
      await sleep(lasts);
      this.#catchUps.push(await member.client.reconnect());
      member.online = true;
    }
  }

  async talk({ members, observer, posts }: Room): Promise<void> {
    const senders = members.slice(0, sendersPerRoom);
    for (const { at, turn, content } of posts) {
      await this.#until(at);
      const inTurn = [...senders.slice(turn), ...senders.slice(0, turn), observer];
      // An acknowledgement may take a whole drop; the room goes on talking.
      void this.#send(inTurn.find(({ online }) => online) ?? observer, content);
    }
  }

  /** Nothing has moved for three seconds. */
  async quiet(): Promise<void> {
    let before = '';
    for (let still = 0, waited = 0; still < 3 && waited < timeoutMs; waited += 1000) {
      await sleep(1000);
      const shown = this.#members.reduce((sum, { client }) => sum + client.received().length, 0);
      const now = `${shown} ${this.#acknowledged.size} ${this.#catchUps.length}`;
      still = now === before ? still + 1 : 0;
      before = now;
    }
  }

  report(rooms: Room[]): Omit<JitterReport, 'loopDelayP99'> {
    const orders = rooms.map(({ observer }) => placesOf(observer.client.received()));
    const known = new Set(orders.flatMap((order) => [...order.keys()]));
    const perClient = rooms.flatMap(({ members }, n) =>
      members.map(({ client }) => tally(client.received(), orders[n] as Map<string, number>)),
    );
    const expectedPairs = rooms.reduce((sum, { members }, n) => sum + members.length * (orders[n]?.size ?? 0), 0);
    const total = merge(perClient, (a, b) => a + b);
    return {
      sent: this.#sent.length,
      acknowledged: this.#acknowledged.size,
      refused: this.#refused,
      lostOnTheWay: this.#sent.filter((content) => !known.has(content)).length,
      acknowledgedAndLost: [...this.#acknowledged].filter((content) => !known.has(content)).length,
      expectedPairs,
      presentPercent: 100 * (1 - total.missing / expectedPairs),
      total,
      worst: merge(perClient, Math.max),
      clientsMissingSome: perClient.filter(({ missing }) => missing > 0).length,
      drops: this.#catchUps.length,
      stillAway: this.#members.filter(({ online }) => !online).length,
      catchUp: {
        p50: quantile(this.#catchUps, 0.5),
        p99: quantile(this.#catchUps, 0.99),
        longest: quantile(this.#catchUps, 1),
      },
      perClient,
    };
  }

  async #send({ client }: Member, content: string): Promise<void> {
    this.#sent.push(content);
    try {
      await client.send(content);
      this.#acknowledged.add(content);
    } catch (error) {
      if (this.#refused++ === 0) console.error('The first refused message:', error);
    }
  }

  #until(at: number): Promise<void> {
    return sleep(Math.max(0, this.#startedAt + at - performance.now()));
  }

  #say(): void {
    const seconds = Math.round((performance.now() - this.#startedAt) / 1000);
    const online = this.#members.filter((member) => member.online).length;
    console.error(
      `${seconds} s: ${this.#sent.length} sent, ${this.#acknowledged.size} acknowledged, ` +
        `${online}/${this.#members.length} online, ${this.#catchUps.length} reconnects`,
    );
  }
}

function placesOf(contents: string[]): Map<string, number> {
  return new Map([...new Set(contents)].map((content, place) => [content, place]));
}

function tally(shown: string[], order: Map<string, number>): Tally {
  const found = { missing: 0, duplicated: 0, outOfOrder: 0, unknown: 0 };
  const seen = new Set<string>();
  let newest = -1;
  for (const content of shown) {
    const place = order.get(content);
    if (seen.has(content)) found.duplicated++;
    else if (place === undefined) found.unknown++;
    else if (place < newest) found.outOfOrder++;
    else newest = place;
    seen.add(content);
  }
  found.missing = order.size - (seen.size - found.unknown);
  return found;
}

function merge(tallies: Tally[], by: (a: number, b: number) => number): Tally {
  return tallies.reduce(
    (a, b) => ({
      missing: by(a.missing, b.missing),
      duplicated: by(a.duplicated, b.duplicated),
      outOfOrder: by(a.outOfOrder, b.outOfOrder),
      unknown: by(a.unknown, b.unknown),
    }),
    { missing: 0, duplicated: 0, outOfOrder: 0, unknown: 0 },
  );
}

function quantile(times: number[], q: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(q * (times.length - 1))] ?? Number.NaN;
}

/** Tommy Ettinger's generator: small, and the same numbers from the same seed everywhere. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
