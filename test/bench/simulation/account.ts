import type { Message } from '#shared/contract/chats/message.ts';
import type { PageState } from '#shared/data/connections/deliveries.ts';
import type { Delivery } from '#shared/delivery/invoke.ts';
import { client, cores, cpu, dynamo, lambda, type Quotas, queues } from './assumptions.ts';
import { at, sleep } from './clock.ts';
import { environment } from './environment.ts';
import { LambdaFunction } from './lambda.ts';
import { Queue } from './queue.ts';
import { Quota } from './quota.ts';
import { between } from './random.ts';
import { type Listeners, Room } from './room.ts';
import { deleteFilesOf, keepPicture, pushToPage } from './workers.ts';

const noCounts = () => ({
  maxEnvironments: 0,
  invocations: 0,
  lambdaMs: 0,
  failedEvents: 0,
  throttledReads: 0,
  posts: 0,
  refusedPosts: 0,
  frames: 0,
  refusedFrames: 0,
  /** How long each sender's function waited for the delivery, milliseconds. */
  waits: [] as number[],
});

/** What is tried of shared/delivery. */
export interface Code {
  deliverToChat: (message: Message, own?: string) => Promise<void>;
  deliverPage: Deliver;
  deliverToInboxes: Deliver;
}

/** What else happens in the account. */
interface Extras {
  pictures?: boolean;
  pushConcurrency?: number;
}

type Deliver = (delivery: Delivery, readFrame: () => Promise<object>) => Promise<void>;

/** Of DynamoDB. */
export type Table = 'chat' | 'connections';

/** An account of AWS in one region: what its quotas leave, what runs in it, and what was counted of that. */
export class Account {
  readonly requests: Quota;
  readonly reads: Record<Table, Quota>;
  readonly concurrency: number;
  readonly deliver: LambdaFunction<Delivery>;
  /** Of messages that are under way. */
  readonly rooms = new Map<string, Room>();
  /** Pages that were begun. */
  readonly pages = new Map<string, { next: string | undefined; state: PageState }>();
  /** What runs: environments, asynchronous events and frames that are not done. */
  readonly now = { environments: 0, events: 0, frames: 0 };
  counts = noCounts();
  readonly push: Queue;
  readonly files: Queue;
  private readonly message: LambdaFunction<Room>;
  private readonly hasPictures: boolean;
  private readonly deliverToChat: Code['deliverToChat'];

  constructor(
    { requests, concurrency, newEnvironments, reads }: Quotas,
    code: Code,
    { pictures, pushConcurrency }: Extras,
  ) {
    this.requests = new Quota(requests);
    const ofTable = () => new Quota({ rate: reads, burst: reads });
    this.reads = { chat: ofTable(), connections: ofTable() };
    this.concurrency = concurrency;
    this.deliver = new LambdaFunction(this, cores.deliver, newEnvironments, (event) =>
      (event.inboxes ? code.deliverToInboxes : code.deliverPage)(event, () => readMessage(event.chatId)),
    );
    this.message = new LambdaFunction(this, cores.message, newEnvironments, (room) => this.handleMessage(room));
    this.deliverToChat = code.deliverToChat;
    this.hasPictures = pictures ?? false;
    const worker = (handle: () => Promise<void>) =>
      new LambdaFunction<number>(this, cores.message, newEnvironments, (events) => atOnce(events, handle));
    this.push = new Queue(this, pushConcurrency ?? queues.maxConcurrency.push, worker(pushToPage));
    this.files = new Queue(this, queues.maxConcurrency.files, worker(deleteFilesOf));
  }

  /** Nothing runs, nor will anything. */
  get atRest(): boolean {
    return Object.values(this.now).every((count) => count === 0);
  }

  forgetCounts(): void {
    this.counts = noCounts();
  }

  /** From now on no function is warm. */
  cool(): void {
    this.message.forgetEnvironments();
    this.deliver.forgetEnvironments();
  }

  /** Sends a message to a room of these, the sender's connection included. */
  send(listeners: Listeners): Room {
    const room = new Room(String(this.rooms.size), listeners);
    this.rooms.set(room.id, room);
    this.now.frames++;
    this.frame(room);
    return room;
  }

  private frame(room: Room): void {
    this.counts.frames++;
    if (!this.requests.take()) this.refuse(room);
    else at(Date.now() + between(lambda.integration), () => this.invoke(room));
  }

  private invoke(room: Room): void {
    const run = this.message.invoke(room);
    if (run) void run.then(() => this.now.frames--);
    else this.refuse(room);
  }

  /** The client, which has no echo, sends it again. */
  private refuse(room: Room): void {
    this.counts.refusedFrames++;
    at(Date.now() + client.timeoutMs, () => this.frame(room));
  }

  /** The function of a frame: what comes before the delivery is taken for the time it needs. */
  private async handleMessage(room: Room): Promise<void> {
    await new Promise<void>((done) => environment().work(cpu.message, done));
    for (let trip = 0; trip < 4; trip++) await sleep(between(dynamo.latency));
    if (this.hasPictures) await keepPicture();
    const storedAt = Date.now();
    await this.deliverToChat(messageIn(room), `${room.id}.0`);
    this.counts.waits.push(Date.now() - storedAt);
  }
}

const atOnce = async (events: number, handle: () => Promise<void>): Promise<void> => {
  await Promise.all(Array.from({ length: events }, handle));
};

/** `deliver` reads the message that it delivers. */
async function readMessage(chatId: string): Promise<Message> {
  await sleep(between(dynamo.latency));
  return messageIn({ id: chatId });
}

const messageIn = ({ id }: Pick<Room, 'id'>): Message => ({
  id: `${id}-1`,
  chatId: id,
  userId: 'u',
  userName: 'Anna',
  content: 'Who brings the tent?',
  type: 'text',
  createdAt: '2026-01-01T12:00:00.000Z',
  seq: 1,
});
