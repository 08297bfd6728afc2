import { rmSync } from 'node:fs';
import { awsSocketLimits, SocketGateway } from './aws/api-gateway/socket-gateway.ts';
import { Deployment, type Surroundings } from './aws/cloudformation/deployment.ts';
import type { Template } from './aws/cloudformation/template.ts';
import type { Database } from './aws/dynamodb/dynamodb-local.ts';
import { ownerOfToken } from './aws/dynamodb/push-owner.ts';
import { createTables } from './aws/dynamodb/tables.ts';
import { Roles } from './aws/iam/roles.ts';
import type { LocalS3 } from './aws/s3/local-s3.ts';
import { AwsServices } from './aws/services/json-services.ts';
import { TextMessages } from './aws/services/text-messages.ts';
import { Queues } from './aws/sqs/queues.ts';
import type { DataFolder } from './data-folder.ts';
import type { LimitedServer } from './http/limited-server.ts';
import type { RunnerOptions } from './options.ts';
import { serve } from './serve.ts';
import { Setup } from './setup.ts';
import { FcmStandIn } from './stand-ins/fcm.ts';
import { type StandInAccount, standInAccount } from './stand-ins/fcm-account.ts';
import { Pushes } from './stand-ins/pushes.ts';

/** What stays the same over a reload. */
interface Foundation {
  server: LimitedServer;
  url: string;
  database: Database;
  /** Undefined when no data is kept. */
  data: DataFolder | undefined;
  surroundings: Surroundings;
  s3: LocalS3;
  /** The service account that the stand-in for FCM accepts. */
  fcmAccount: StandInAccount;
}

/** Serves what CDK synthesizes (HTTP API, WebSocket API, `@connections` and the edge) on one port. */
export class Runner {
  /** http://127.0.0.1:3000 */
  readonly url: string;
  /** Resolves when the database has exited. */
  readonly died: Promise<void>;
  private readonly setup: Setup;
  private readonly foundation: Foundation;
  /** The queues between the functions. */
  readonly queues: Queues;
  private readonly sockets: SocketGateway;
  private deployment: Deployment;

  /** Throws if a step fails, and with the reason of `options.signal` if it is interrupted; nothing is left running then. */
  static async start(options: RunnerOptions): Promise<Runner> {
    const setup = new Setup(options);
    try {
      const data = setup.openDataFolder();
      const { server, url } = await setup.listen();
      const [database, template] = await setup.startDatabaseAndSynthesize(data);
      const hasNewTables = await setup.createTables(database, template);
      const fcmAccount = await standInAccount();
      const secrets = setup.fillSecrets(template, data, fcmAccount);
      const roles = new Roles(template.principals());
      const surroundings = await setup.prepareSurroundings(url, database, secrets, roles);
      const s3 = setup.createS3(data, surroundings);
      const foundation = { server, url, database, data, surroundings, s3, fcmAccount };
      const runner = new Runner(setup, foundation, template, options);
      await s3.removeExpired();
      await setup.rotateNewSecrets(template, runner.deployment.lambdas, secrets, hasNewTables);
      await setup.checkHealth(url);
      return runner;
    } catch (error) {
      await setup.undo();
      throw error;
    }
  }

  private constructor(setup: Setup, foundation: Foundation, template: Template, options: RunnerOptions) {
    const { server, url, database, data, surroundings, s3, fcmAccount } = foundation;
    const { limits = awsSocketLimits, queueDelay } = options;
    this.url = url;
    this.died = database.died;
    this.setup = setup;
    this.foundation = foundation;
    this.deployment = new Deployment(template, surroundings);
    s3.reload(template.buckets());
    const { roles, chaos } = surroundings;
    this.sockets = new SocketGateway(this.deployment.socketApi, this.deployment.behindSocketApi, limits, chaos);
    const textMessages = new TextMessages(setup.say);
    this.queues = new Queues(roles, queueDelay, chaos);
    this.queues.reload(this.deployment);
    const awsServices = new AwsServices(textMessages, surroundings.secrets, this.queues);
    const ownerOf = (token: string) => ownerOfToken(foundation.database.endpoint, this.deployment.chatTable, token);
    const pushes = new Pushes(ownerOf, setup.say);
    const fcm = new FcmStandIn(fcmAccount, (message) => pushes.add(message));
    const deployment = () => this.deployment;
    const hasRoom = () => data?.hasRoom() ?? true;
    const services = { textMessages, awsServices, s3, pushes, fcm };
    serve(server, { sockets: this.sockets, roles, chaos, ...services, deployment, hasRoom });
    setup.onUndo(() => this.closeDeployment());
  }

  /** Synthesizes again and continues with the new functions. Sockets stay open. Throws if the CDK app fails. */
  async reload(): Promise<void> {
    const previous = this.deployment;
    const template = await this.setup.synthesizeBeside(previous.template);
    await createTables(this.foundation.database.endpoint, template);
    this.deployment = new Deployment(template, this.foundation.surroundings);
    this.foundation.surroundings.roles.reload(template.principals());
    this.foundation.s3.reload(template.buckets());
    this.sockets.reload(this.deployment.socketApi, this.deployment.behindSocketApi);
    this.queues.reload(this.deployment);
    await previous.close();
    rmSync(previous.template.folder, { recursive: true, force: true });
  }

  /** The grants that no call has used so far, as "auth/login dynamodb:PutItem arn:...". */
  unusedGrants(): string[] {
    return this.foundation.surroundings.roles.unused();
  }

  /** Invokes a function as its schedule does on AWS: here nothing runs by the clock. Returns what it returns. */
  async runScheduled(name: string): Promise<unknown> {
    const { functions, lambdas } = this.deployment;
    const config = functions.find((candidate) => candidate.name === name);
    if (!config) throw new Error(`There is no function ${name}.`);
    return lambdas.get(config.id)?.invoke({}, config.timeoutSeconds * 1000);
  }

  /** The app's WS_BASE_URL. */
  get wsUrl(): string {
    return this.url.replace('http', 'ws') + this.deployment.wsPath;
  }

  /** The server and the model that answer questions. */
  get assistant(): { baseUrl: string; model: string } {
    const { functions } = this.deployment;
    const { environment = {} } = functions.find(({ name }) => name === 'ai/ask-assistant') ?? {};
    const { OPENAI_BASE_URL = '', OPENAI_MODEL = '' } = {
      ...environment,
      ...this.foundation.surroundings.replacing(environment),
    };
    return { baseUrl: OPENAI_BASE_URL, model: OPENAI_MODEL };
  }

  /** What the URLs of files begin with. */
  get networkOrigin(): string {
    return this.deployment.networkOrigin;
  }

  async close(): Promise<void> {
    await this.setup.undo();
  }

  private async closeDeployment(): Promise<void> {
    this.queues.close();
    await this.sockets.close();
    this.foundation.server.closeAllConnections();
    await this.deployment.close();
  }
}
