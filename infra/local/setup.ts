import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { type Context, contextWithPush } from './aws/cloudformation/context.ts';
import type { Surroundings } from './aws/cloudformation/deployment.ts';
import { synthesize } from './aws/cloudformation/synth.ts';
import type { Template } from './aws/cloudformation/template.ts';
import { type Database, startDatabase } from './aws/dynamodb/dynamodb-local.ts';
import { startDynamodbProxy } from './aws/dynamodb/dynamodb-proxy.ts';
import { createTables } from './aws/dynamodb/tables.ts';
import type { Roles } from './aws/iam/roles.ts';
import type { LocalLambda } from './aws/lambda/lambda.ts';
import { LocalS3 } from './aws/s3/local-s3.ts';
import { ObjectStore } from './aws/s3/object-store.ts';
import { awsServicesPath } from './aws/services/json-services.ts';
import { rotateNewSecrets } from './aws/services/rotation.ts';
import { Secrets } from './aws/services/secrets.ts';
import { type Say, step } from './console/progress.ts';
import { DataFolder } from './data-folder.ts';
import { createLimitedServer, type LimitedServer } from './http/limited-server.ts';
import { isAnyAddress, networkUrl } from './http/network-addresses.ts';
import type { RunnerOptions } from './options.ts';
import type { StandInAccount } from './stand-ins/fcm-account.ts';
import { googleStandInClient } from './stand-ins/google.ts';
import { variablesOf } from './stand-ins/variables.ts';

const defaultHost = '127.0.0.1';

/**
 * The steps of a start. Each step registers how it is undone, so `undo` leaves nothing behind, whether the start was
 * interrupted, failed or succeeded.
 */
export class Setup {
  readonly say: Say;
  private readonly options: RunnerOptions;
  private readonly undoing = new AbortController();
  /** Aborts when the start is interrupted and when it is undone. */
  private readonly signal: AbortSignal;
  private readonly cleanUps: (() => unknown)[] = [];

  constructor(options: RunnerOptions) {
    this.options = options;
    this.say = options.say ?? (() => {});
    this.signal = AbortSignal.any([this.undoing.signal, ...(options.signal ? [options.signal] : [])]);
  }

  /** Undoes the steps, the last one first, all of them even if one fails. Throws the first failure. */
  async undo(): Promise<void> {
    this.undoing.abort();
    const failures: unknown[] = [];
    for (const cleanUp of this.cleanUps.splice(0).reverse()) {
      try {
        await cleanUp();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  onUndo(cleanUp: () => unknown): void {
    this.cleanUps.push(cleanUp);
  }

  /** Listens early, so that a port that is taken is reported at once. Until something is served, it answers 503. */
  async listen(): Promise<{ server: LimitedServer; url: string }> {
    const { host = defaultHost, port } = this.options;
    const server = createLimitedServer(answerStarting).listen(port, host);
    await once(server, 'listening');
    this.onUndo(() => server.close());
    return { server, url: urlOf(server, host) };
  }

  openDataFolder(): DataFolder | undefined {
    if (this.options.folder === undefined) return undefined;
    const data = new DataFolder(this.options.folder);
    this.onUndo(() => data.release());
    return data;
  }

  /** Does both at once, as each takes seconds. */
  async startDatabaseAndSynthesize(data: DataFolder | undefined): Promise<[Database, Template]> {
    const context = this.readContext();
    const folder = mkdtempSync(join(tmpdir(), 'chat-synth-'));
    this.onUndo(() => rmSync(folder, { recursive: true, force: true }));
    const synthesis = step(
      this.say,
      'Synthesizing the CDK app',
      () => synthesize(join(folder, 'start'), context, this.signal),
      `stage ${context.stage}`,
    );
    // Also when the database fails, the app must have exited before its folder is removed.
    const settled = synthesis.catch(() => {});
    this.onUndo(() => settled);
    const database = await this.startDatabase(data);
    this.onUndo(() => database.stop());
    return [database, await synthesis];
  }

  /** Into a folder of its own: functions that still run load from the previous one. */
  synthesizeBeside(previous: Template): Promise<Template> {
    const context = this.readContext();
    return synthesize(mkdtempSync(join(dirname(previous.folder), 'reload-')), context, this.signal);
  }

  private readContext(): Context {
    return this.options.context?.() ?? contextWithPush;
  }

  private async startDatabase(data: DataFolder | undefined): Promise<Database> {
    const { dynamodb: endpoint } = this.options;
    if (endpoint !== undefined) {
      this.say(`Using DynamoDB at ${endpoint}`);
      return { endpoint, died: new Promise(() => {}), stop: async () => {} };
    }
    const place = data ? `data in ${relative(process.cwd(), data.database)}` : 'data in memory';
    return step(this.say, 'Starting DynamoDB Local', () => startDatabase(data?.database, this.signal), place);
  }

  /** Returns whether a table was missing. */
  createTables({ endpoint }: Database, template: Template): Promise<boolean> {
    return step(this.say, 'Creating the tables', () => this.unlessInterrupted(createTables(endpoint, template)));
  }

  /** Gives the operator's secret its values. */
  fillSecrets(template: Template, data: DataFolder | undefined, fcmAccount: StandInAccount): Secrets {
    const secrets = this.options.secrets ?? new Secrets(data?.secrets);
    const openaiApiKey = this.options.openai?.apiKey ?? 'local';
    const fcmServiceAccount = this.options.fcm?.serviceAccount ?? fcmAccount.json;
    const client = this.options.google?.client ?? googleStandInClient;
    secrets.setUntilExit(template.operatorSecret(), JSON.stringify({ openaiApiKey, ...client, fcmServiceAccount }));
    return secrets;
  }

  /** Starts the proxy in front of DynamoDB; everything else that the functions reach is served at `url`. */
  async prepareSurroundings(url: string, database: Database, secrets: Secrets, roles: Roles): Promise<Surroundings> {
    const { chaos, publicUrl, host = defaultHost } = this.options;
    const proxy = await startDynamodbProxy(database.endpoint, roles, chaos);
    this.onUndo(() => proxy.close());
    return {
      origin: url,
      networkOrigin: publicUrl ?? networkUrl(url, host),
      dynamodbEndpoint: proxy.endpoint,
      awsServicesEndpoint: url + awsServicesPath,
      replacing: (declared) => variablesOf(this.options, url, declared),
      secrets,
      roles,
      chaos,
      log: this.options.log,
    };
  }

  /** The objects are in the data folder, or nowhere after the end. */
  createS3(data: DataFolder | undefined, { origin, networkOrigin = origin, roles, chaos }: Surroundings): LocalS3 {
    const folder = data?.files ?? mkdtempSync(join(tmpdir(), 'chat-files-'));
    if (!data) this.onUndo(() => rmSync(folder, { recursive: true, force: true }));
    return new LocalS3({ store: new ObjectStore(folder), callers: roles, host: new URL(networkOrigin).host, chaos });
  }

  async rotateNewSecrets(
    template: Template,
    lambdas: Map<string, LocalLambda>,
    secrets: Secrets,
    all: boolean,
  ): Promise<void> {
    await this.unlessInterrupted(rotateNewSecrets(template, lambdas, secrets, { say: this.say, all }));
  }

  async checkHealth(url: string): Promise<void> {
    const health = await step(this.say, 'Checking GET /health', () => fetch(`${url}/health`, { signal: this.signal }));
    if (!health.ok) throw new Error(`GET /health answered ${health.status}: ${await health.text()}`);
  }

  /** The result of work that leaves nothing to undo; an interruption does not wait for it. */
  private unlessInterrupted<T>(work: Promise<T>): Promise<T> {
    const interrupted = new Promise<never>((_, reject) => {
      if (this.signal.aborted) reject(this.signal.reason);
      this.signal.addEventListener('abort', () => reject(this.signal.reason), { once: true });
    });
    return Promise.race([work, interrupted]);
  }
}

const answerStarting = (_: IncomingMessage, response: ServerResponse): void =>
  void response.writeHead(503).end('Still starting.\n');

/** A server that listens on all addresses is reachable on the loopback address too. */
function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const reachable = isAnyAddress(host) ? defaultHost : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
