import { randomBytes, randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { AwsServices } from '../../infra/local/aws-services.ts';
import { Deployment } from '../../infra/local/deployment.ts';
import { Reader } from '../../infra/local/playground/reader.ts';
import { Secrets } from '../../infra/local/secrets.ts';
import { region, type Template } from '../../infra/local/template.ts';
import { TextMessages } from '../../infra/local/text-messages.ts';
import { register } from '../../shared/contract/auth.ts';
import type { Endpoint } from '../../shared/contract/endpoint.ts';
import { createGroup } from '../../shared/contract/groups.ts';
import { listMessages, type Message, sendMessage } from '../../shared/contract/messages.ts';
import type { Json } from './api-client.ts';
import { type DatabaseFault, type PostFault, startFaultyDatabase, startFaultyPeers } from './faults.ts';
import { type RestInput, restEvent, socketEvent } from './invoke.ts';
import { addTokenKey } from './token-key.ts';

/** A chat of three people, each with a socket, and what befalls them. Steps of one round happen at the same time. */
export interface History {
  rounds: Step[][];
  /** For each call to DynamoDB in turn that is about the chat, and for each post, from when all three are there. */
  database: (DatabaseFault | undefined)[];
  posts: (PostFault | undefined)[];
  /** Delivered by the `deliver` function, each event of which Lambda hands over so many times. */
  large: boolean;
  invocations: number;
}

type Step = {
  who: number;
  do: 'send over REST' | 'send over the socket' | 'send over both' | 'send without clientId' | 'drop' | 'come';
};

const people = 3;
const mostSends = 8;

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(people - 1),
  do: fc.constantFrom(
    'send over REST',
    'send over the socket',
    'send over both',
    'send without clientId',
    'drop',
    'come',
    'come',
  ),
});

/** About as many calls as there are until all is said. */
const calls = 80;
/** Once in a history, or never: waiting for an answer takes long, and starting a function again. */
const once = fc.constantFrom<DatabaseFault>('unanswered', 'killed before', 'killed after');

/** What ails a service lasts for some calls in turn, which is more than a function tries; between them all is well. */
const sometimes = <T>(...faults: T[]) =>
  fc
    .array(fc.tuple(fc.nat(15), fc.constantFrom(...faults), fc.integer({ min: 1, max: 8 })), { maxLength: 10 })
    .map((spans) =>
      spans.flatMap(([well, fault, ill]) => [...Array<undefined>(well).fill(undefined), ...Array<T>(ill).fill(fault)]),
    );

export const history: fc.Arbitrary<History> = fc.record({
  rounds: fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
  database: fc
    .tuple(
      sometimes<DatabaseFault>('throttled', 'failed', 'slow', 'conflict', 'lost'),
      fc.nat(calls - 1),
      fc.option(once),
    )
    .map(([faults, at, fault]) => (fault ? Object.assign([...faults], { [at]: fault }) : faults)),
  posts: sometimes<PostFault>(410, 429, 500, 'silent', 'lost'),
  large: fc.boolean(),
  invocations: fc.integer({ min: 1, max: 2 }),
});

/** What became of a history, in the numbers that must be right. */
export interface Outcome {
  acknowledged: number;
  acknowledgedAndLost: number;
  storedTwice: number;
  /** Pairs of messages of which one was sent after the other was acknowledged, and comes before it. */
  inverted: number;
  /** Readers whose list isn't the history after they have come back, asked for what they missed, and heard one more message. */
  wrongReaders: number;
}

interface Person {
  id: string;
  token: string;
}

/** The functions' real bundles in workers of their own, with DynamoDB and everything they send to behind faults. */
export class Histories {
  private readonly running = new Map<string, Run>();
  private readonly sockets = new Map<string, { run: Run; who: number }>();
  private people: Promise<Person[]> = Promise.resolve([]);
  private runs = 0;
  private deployment!: Deployment;
  private db!: DynamoDBDocumentClient;
  private connectionsTable = '';
  private readonly closing: (() => unknown)[] = [];

  static async start(endpoint: string, template: Template): Promise<Histories> {
    const all = new Histories();
    const database = await startFaultyDatabase(endpoint, {
      fault: (body) => all.runIn(body)?.takeDatabaseFault(),
      kill: (sessionToken) => all.kill(sessionToken),
    });
    const secrets = new Secrets();
    const [rotation] = template.rotations();
    const [parameter] = template.parameters();
    await addTokenKey(secrets, { secret: rotation?.secretId ?? '', parameter: parameter?.name ?? '' });
    const services = new AwsServices(new TextMessages(() => {}), secrets);
    const peers = await startFaultyPeers({
      aws: (request, response) => services.handle(request, response),
      fault: (connectionId) => all.sockets.get(connectionId)?.run.takePostFault(),
      receive: (connectionId, frame) => all.receive(connectionId, JSON.parse(frame)),
      invoked: (event) => all.runIn(JSON.stringify(event))?.invoked(event),
    });
    all.deployment = new Deployment(template, {
      origin: peers.url,
      dynamodbEndpoint: database.url,
      awsServicesEndpoint: peers.url,
      addresses: {},
      secrets,
      log: () => {},
    });
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    all.db = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials }));
    all.connectionsTable = template.tables().find(({ name }) => name.includes('Connections'))?.name ?? '';
    all.closing.push(
      () => database.close(),
      () => peers.close(),
      () => all.db.destroy(),
      () => all.deployment.close(),
    );
    return all;
  }

  async close(): Promise<void> {
    for (const close of this.closing.reverse()) await close();
  }

  /** Makes a chat for the three, and for one who has the last word. */
  async begin(plan: History): Promise<Run> {
    // A user may ask for what was missed 120 times a minute.
    if (this.runs++ % 10 === 0) this.people = Promise.all(Array.from({ length: people + 1 }, () => this.register()));
    const persons = await this.people;
    const [owner, ...others] = persons as [Person, ...Person[]];
    const body = { name: 'Group', participantIds: others.map(({ id }) => id) };
    const { group } = (await this.rest(createGroup, { token: owner.token, body })).body;
    if (plan.large) await this.makeLarge(group.id);
    return new Run(this, group.id, persons, plan);
  }

  async play(run: Run): Promise<Outcome> {
    this.running.set(run.chatId, run);
    try {
      return await run.play();
    } finally {
      this.running.delete(run.chatId);
      for (const [connectionId, socket] of this.sockets) if (socket.run === run) this.disconnect(connectionId);
    }
  }

  private async register(): Promise<Person> {
    const body = { email: `${randomUUID()}@example.com`, password: 'correct horse', name: 'Somebody' };
    const answer = await this.rest(register, { body });
    return { id: answer.body.user.id, token: answer.body.accessToken };
  }

  private async makeLarge(chatId: string): Promise<void> {
    const expiresAt = Math.floor(Date.now() / 1000) + 86_400;
    const Item = { pk: `CHAT#${chatId}`, sk: '#SHARDS', shards: 2, expiresAt };
    await this.db.send(new PutCommand({ TableName: this.connectionsTable, Item }));
  }

  /** The run that a call is about: its chat's id is in every key, or its connection's. */
  private runIn(text: string): Run | undefined {
    for (const [chatId, run] of this.running) if (text.includes(chatId)) return run;
    for (const [connectionId, { run }] of this.sockets) if (text.includes(connectionId)) return run;
    return undefined;
  }

  private receive(connectionId: string, frame: Json): boolean {
    const socket = this.sockets.get(connectionId);
    socket?.run.receive(socket.who, frame);
    return socket !== undefined;
  }

  private kill(sessionToken: string): void {
    for (const lambda of this.deployment.lambdas.values()) lambda.kill(sessionToken);
  }

  private lambda(name: string) {
    const { id } = this.deployment.functions.find((config) => config.name === name) ?? {};
    const lambda = this.deployment.lambdas.get(id ?? '');
    if (!lambda) throw new Error(`There is no function ${name}`);
    return lambda;
  }

  async rest(endpoint: Endpoint, input: RestInput): Promise<{ status: number; body: Json }> {
    const answer = (await this.lambda(endpoint.name).invoke(restEvent(endpoint, input), 29_000)) as Json;
    return { status: answer.statusCode, body: JSON.parse(answer.body) };
  }

  async frame(connectionId: string, frame: { type: 'message' | 'sync' } & Record<string, unknown>): Promise<void> {
    await this.lambda(`websocket/${frame.type}`).invoke(socketEvent(frame.type, connectionId, { frame }), 29_000);
  }

  deliver(event: unknown): Promise<unknown> {
    return this.lambda('deliver').invoke(event, 28_000);
  }

  /** Opens a socket; the handshake is tried until it is through, as a client does. */
  async connect(run: Run, who: number, chatId: string, token: string): Promise<string> {
    for (;;) {
      const connectionId = `${randomBytes(11).toString('base64url')}=`;
      this.sockets.set(connectionId, { run, who });
      const query = { chatId, token, events: '1' };
      const event = socketEvent('$connect', connectionId, { query });
      const answer = (await this.lambda('websocket/connect')
        .invoke(event, 29_000)
        .catch(() => undefined)) as Json;
      if (answer?.statusCode === 200) return connectionId;
      this.disconnect(connectionId);
    }
  }

  /** Nobody tells the functions: $disconnect is not for sure. */
  disconnect(connectionId: string): void {
    this.sockets.delete(connectionId);
  }
}

interface Sent {
  content: string;
  round: number;
  acknowledged: boolean;
}

class Run {
  private readonly readers = Array.from({ length: people }, () => new Reader());
  private readonly connections: (string | undefined)[] = Array.from({ length: people }, () => undefined);
  private readonly upToDate: boolean[] = [];
  private readonly echoes = new Set<string>();
  private readonly sent: Sent[] = [];
  private deliveries: Promise<unknown>[] = [];
  private faulty = false;
  private round = 0;

  readonly chatId: string;
  private readonly all: Histories;
  private readonly people: Person[];
  private readonly plan: History;

  constructor(all: Histories, chatId: string, persons: Person[], plan: History) {
    this.all = all;
    this.chatId = chatId;
    this.people = persons;
    this.plan = { ...plan, database: [...plan.database], posts: [...plan.posts] };
  }

  takeDatabaseFault(): DatabaseFault | undefined {
    return this.faulty ? this.plan.database.shift() : undefined;
  }

  takePostFault(): PostFault | undefined {
    return this.faulty ? this.plan.posts.shift() : undefined;
  }

  receive(who: number, frame: Json): void {
    const reader = this.readers[who] as Reader;
    if (frame.type === 'synced') {
      reader.synced(frame.seq);
      this.upToDate[who] = !frame.more;
      return;
    }
    if (frame.seq !== undefined && frame.id) {
      reader.receive(frame);
      if (frame.clientId) this.echoes.add(`${who} ${frame.clientId}`);
    }
  }

  /** Lambda takes an event, and hands it over until it was done, three times at most. */
  invoked(event: unknown): void {
    const once = async () => {
      for (let attempt = 0; attempt < 3; attempt++) {
        const done = await this.all.deliver(event).then(
          () => true,
          () => false,
        );
        if (done) return;
      }
    };
    for (let n = 0; n < this.plan.invocations; n++) this.deliveries.push(once());
  }

  async play(): Promise<Outcome> {
    await this.eachComes();
    this.faulty = true;
    for (const steps of this.plan.rounds) {
      await Promise.all(steps.map((step) => this.take(step)));
      this.round++;
    }
    this.faulty = false;
    await this.allDelivered();
    for (let who = 0; who < people; who++) this.leave(who);
    await this.eachComes();
    // What nobody asks for any more must be delivered.
    await this.send(people, 'send over REST');
    await this.allDelivered();
    for (let who = 0; who < people; who++) this.leave(who);
    return this.judge();
  }

  private async eachComes(): Promise<void> {
    await Promise.all(this.readers.map((_, who) => this.come(who)));
  }

  private async allDelivered(): Promise<void> {
    for (let pending = this.deliveries; pending.length > 0; pending = this.deliveries) {
      this.deliveries = [];
      await Promise.all(pending);
    }
  }

  private async take({ who, do: what }: Step): Promise<void> {
    if (what === 'drop') this.leave(who);
    else if (what === 'come') await this.come(who);
    else if (this.sent.length < mostSends) await this.send(who, what);
  }

  private leave(who: number): void {
    const connectionId = this.connections[who];
    if (connectionId) this.all.disconnect(connectionId);
    this.connections[who] = undefined;
  }

  /** Connects, unless it is, then asks for what came after what it has. */
  private async come(who: number): Promise<void> {
    const token = this.people[who]?.token ?? '';
    const connectionId = this.connections[who] ?? (await this.all.connect(this, who, this.chatId, token));
    this.connections[who] = connectionId;
    // A client asks until it is told that there is no more; here it may be cut short while faults befall it.
    do {
      this.upToDate[who] = false;
      const after = this.readers[who]?.cursor;
      await this.all.frame(connectionId, { type: 'sync', after }).catch(() => {});
    } while (!this.faulty && !this.upToDate[who]);
  }

  /** Sends until it is acknowledged, a few times at most; without a clientId once. */
  private async send(who: number, how: Step['do']): Promise<void> {
    const content = randomUUID();
    const sent: Sent = { content, round: this.round, acknowledged: false };
    this.sent.push(sent);
    const attempts = how === 'send without clientId' ? 1 : 4;
    for (let attempt = 0; attempt < attempts && !sent.acknowledged; attempt++) {
      const connectionId = how === 'send over REST' ? undefined : this.connections[who];
      const tries = [
        connectionId && attempts > 1 && this.sendOverSocket(who, connectionId, content),
        (!connectionId || how !== 'send over the socket') && this.sendOverRest(who, content, attempts > 1),
      ];
      const ends = await Promise.allSettled(tries);
      sent.acknowledged = ends.some((end) => end.status === 'fulfilled' && end.value === true);
    }
  }

  private async sendOverSocket(who: number, connectionId: string, content: string): Promise<boolean> {
    await this.all.frame(connectionId, { type: 'message', content, clientId: content });
    return this.echoes.has(`${who} ${content}`);
  }

  private async sendOverRest(who: number, content: string, again: boolean): Promise<boolean> {
    const body = { content, ...(again && { clientId: content }) };
    const token = this.people[who]?.token ?? '';
    const { status } = await this.all.rest(sendMessage, { token, params: { chatId: this.chatId }, body });
    return status === 200;
  }

  private async judge(): Promise<Outcome> {
    const input = { token: this.people[0]?.token ?? '', params: { chatId: this.chatId }, query: { after: '0' } };
    const log: Message[] = (await this.all.rest(listMessages, input)).body.messages;
    const placeOf = (content: string) => log.findIndex((message) => message.content === content);
    const acknowledged = this.sent.filter((sent) => sent.acknowledged);
    return {
      acknowledged: acknowledged.length,
      acknowledgedAndLost: acknowledged.filter(({ content }) => placeOf(content) < 0).length,
      storedTwice: log.length - new Set(log.map(({ content }) => content)).size,
      inverted: acknowledged.flatMap((early) =>
        acknowledged.filter((late) => early.round < late.round && placeOf(early.content) > placeOf(late.content)),
      ).length,
      wrongReaders: this.readers.filter(({ messages }) => JSON.stringify(messages) !== JSON.stringify(log)).length,
    };
  }
}
