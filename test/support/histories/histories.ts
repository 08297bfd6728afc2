import { randomBytes } from 'node:crypto';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import { Deployment } from '../../../infra/local/aws/cloudformation/deployment.ts';
import type { Template } from '../../../infra/local/aws/cloudformation/template.ts';
import { Roles } from '../../../infra/local/aws/iam/roles.ts';
import { AwsServices } from '../../../infra/local/aws/services/json-services.ts';
import { Secrets } from '../../../infra/local/aws/services/secrets.ts';
import { TextMessages } from '../../../infra/local/aws/services/text-messages.ts';
import type { Json } from '../api-client.ts';
import { type RestInput, restEvent, socketEvent } from '../invoke.ts';
import { addTokenKey } from '../token-key.ts';
import { changeCallOf, startFaultyDatabase, startFaultyPeers } from './faults.ts';
import type { History } from './history.ts';
import { Run } from './history-run.ts';
import { HistoryTables } from './history-tables.ts';
import type { Outcome, StoredState } from './judge.ts';
import { Population } from './population.ts';

/** How old an event may get before `deliver` has run, milliseconds: as in infra/constructs/delivery.ts. */
const deliverTimeoutMs = 10 * 60_000;

/** The functions' real bundles in workers of their own, with DynamoDB and everything they send to behind faults. */
export class Histories {
  private readonly running = new Map<string, Run>();
  private readonly sockets = new Map<string, { run: Run; who: number; dead?: true }>();
  private population!: Population;
  /** How often each kind of fault has hit. */
  readonly hits = new Map<string, number>();
  /** Histories in which the machine was too slow to deliver. */
  givenUp = 0;
  /** Texts that are nowhere any more. */
  private readonly erasedTexts = new Set<string>();
  private deployment!: Deployment;
  tables!: HistoryTables;
  private readonly closing: (() => unknown)[] = [];

  static async start(endpoint: string, template: Template): Promise<Histories> {
    const all = new Histories();
    const database = await startFaultyDatabase(endpoint, {
      fault: (body) => all.runIn(body)?.faults.ofDatabase(body),
      kill: (sessionToken) => all.kill(sessionToken),
      overtake: async (body) => all.runIn(body)?.overtake(),
      hold: (body, call) => all.runIn(body)?.late.hold(call) ?? call(),
      answered: (body, answer) => all.answered(body, answer),
    });
    const secrets = new Secrets();
    const [rotation] = template.rotations();
    all.tables = new HistoryTables(endpoint, template);
    const tables = [all.tables.named('Control')];
    const key = await addTokenKey(secrets, { secret: rotation?.secretId ?? '', dynamodb: endpoint, tables });
    all.population = new Population((restEndpoint, input) => all.rest(restEndpoint, input), all.tables, key);
    const services = new AwsServices(new TextMessages(() => {}), secrets);
    const peers = await startFaultyPeers({
      aws: (request, response) => services.handle(request, response),
      fault: (connectionId) => all.sockets.get(connectionId)?.run.faults.ofPost(),
      receive: (connectionId, frame, isLate) => all.receive(connectionId, JSON.parse(frame), isLate),
      close: (connectionId) => all.closed(connectionId),
      die: (connectionId) => Object.assign(all.sockets.get(connectionId) ?? {}, { dead: true }),
      invoked: (event) => all.runIn(JSON.stringify(event))?.invoked(event),
    });
    all.deployment = new Deployment(template, {
      origin: peers.url,
      dynamodbEndpoint: database.url,
      awsServicesEndpoint: peers.url,
      replacing: () => ({}),
      secrets,
      roles: new Roles(template.functions()),
      log: (text) => all.logged(text),
    });
    all.closing.push(
      () => database.close(),
      () => peers.close(),
      () => all.tables.close(),
      () => all.deployment.close(),
    );
    return all;
  }

  async close(): Promise<void> {
    for (const close of this.closing.reverse()) await close();
  }

  /** Creates the chat of a history. */
  async begin(plan: History): Promise<Run> {
    const place = await (plan.direct ? this.population.direct() : this.population.group());
    const crowd = plan.crowd && !plan.direct ? await this.population.crowd() : [];
    if (plan.large) await this.tables.makeLarge(place.chatId);
    if (crowd.length > 0) await this.tables.addCrowd(place.chatId, crowd);
    return new Run(this, place, crowd, plan);
  }

  async play(run: Run): Promise<Outcome> {
    this.running.set(run.chatId, run);
    try {
      return await run.play();
    } finally {
      this.running.delete(run.chatId);
      for (const text of run.erasure.erasedTexts) this.erasedTexts.add(text);
      for (const [connectionId, socket] of this.sockets) if (socket.run === run) this.disconnect(connectionId);
    }
  }

  /** Items that contain a text that was erased in one of the histories. */
  findErased(): Promise<Json[]> {
    return this.tables.find(this.erasedTexts);
  }

  hit(fault: string): void {
    this.hits.set(fault, (this.hits.get(fault) ?? 0) + 1);
  }

  /** A function that is too slow gives a delivery up. */
  private logged(text: string): void {
    if (text.includes('delivery given up') || text.includes('delivery could not begin')) this.runIn(text)?.gaveUp();
  }

  private answered(body: string, answer: string): void {
    if (changeCallOf(body) !== 'update') return;
    const { Attributes } = JSON.parse(answer);
    if (Attributes) this.runIn(body)?.stored(unmarshall(Attributes) as StoredState);
  }

  /** The run that a call is about: the id of its chat, of one of its people or of a connection is in every key. */
  private runIn(text: string): Run | undefined {
    for (const run of this.running.values()) if (run.isAbout(text)) return run;
    for (const [connectionId, { run }] of this.sockets) if (text.includes(connectionId)) return run;
    return undefined;
  }

  private closed(connectionId: string): void {
    this.sockets.get(connectionId)?.run.closed(connectionId);
    this.disconnect(connectionId);
  }

  private receive(connectionId: string, frame: Json, isLate: boolean): boolean {
    const socket = this.sockets.get(connectionId);
    if (!socket?.dead)
      socket?.run.receive(socket.who, frame, isLate ? () => this.sockets.has(connectionId) : undefined);
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
    return this.lambda('deliver').invoke(event, deliverTimeoutMs);
  }

  /** Opens a socket; the handshake is tried until it has an answer, as a client does. Undefined if it is refused. */
  async connect(run: Run, who: number, query: Record<string, string>): Promise<string | undefined> {
    for (;;) {
      const connectionId = `${randomBytes(11).toString('base64url')}=`;
      this.sockets.set(connectionId, { run, who });
      const event = socketEvent('$connect', connectionId, { query });
      const answer = (await this.lambda('websocket/connect')
        .invoke(event, 29_000)
        .catch(() => undefined)) as Json;
      if (answer?.statusCode === 200) return connectionId;
      this.disconnect(connectionId);
      if (answer?.statusCode < 500) return undefined;
    }
  }

  /** Nobody tells the functions: $disconnect is not for sure. */
  disconnect(connectionId: string): void {
    this.sockets.delete(connectionId);
  }
}
