import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { awsSocketLimits, SocketGateway, type SocketLimits } from './aws/api-gateway/socket-gateway.ts';
import { Deployment } from './aws/cloudformation/deployment.ts';
import { synthesize } from './aws/cloudformation/synth.ts';
import { createTables, type Database, startDatabase } from './aws/dynamodb/dynamodb-local.ts';
import { startDynamodbProxy } from './aws/dynamodb/dynamodb-proxy.ts';
import { AwsServices, awsServicesPath } from './aws/services/json-services.ts';
import { rotateKeys } from './aws/services/rotation.ts';
import { Secrets } from './aws/services/secrets.ts';
import { TextMessages } from './aws/services/text-messages.ts';
import { type Say, step } from './console/progress.ts';
import { DataFolder } from './data-folder.ts';
import { serve } from './serve.ts';
import { googlePath, googleStandInClient } from './stand-ins/google.ts';
import { openaiPath } from './stand-ins/openai.ts';

export interface LocalOptions {
  host?: string;
  /** 0 takes any free one. */
  port: number;
  /** Where data is kept between runs; without it nothing is kept. */
  folder?: string | undefined;
  /** URL of a DynamoDB Local that runs already; without it one is started. */
  dynamodb?: string | undefined;
  /** Without it the folder's, or new ones. */
  secrets?: Secrets;
  limits?: SocketLimits;
  /** The real Google, or with a URL another stand-in than the runner's. */
  google?: { client: typeof googleStandInClient; rootUrl?: string | undefined } | undefined;
  /** The real assistant; without it a stand-in answers. An empty key is one that the operator has not filled in. */
  openai?: { apiKey: string; baseUrl: string } | undefined;
  /** Gives up a start that is under way, for a process that is to end. */
  signal?: AbortSignal;
  /** Is told each step of the start. */
  say?: Say;
  /** Gets what the functions log. */
  log: (text: string) => unknown;
}

export interface Local {
  /** http://127.0.0.1:3000 */
  url: string;
  /** Synthesizes again and goes on with the new functions; open sockets stay. */
  reload(): Promise<void>;
  /** The grants that no call has used so far. */
  unusedGrants(): string[];
  /** Resolves when the database has ended by itself. */
  died: Promise<void>;
  close(): Promise<void>;
}

/** Serves what CDK synthesizes: HTTP API, WebSocket API, `@connections` and the edge, all on one port. */
export async function startLocal(options: LocalOptions): Promise<Local> {
  const cleanUps: (() => unknown)[] = [];
  const close = async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  };
  try {
    return { ...(await Promise.race([start(options, cleanUps), aborted(options.signal)])), close };
  } catch (error) {
    await close();
    throw error;
  }
}

const aborted = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }));

async function start(options: LocalOptions, cleanUps: (() => unknown)[]): Promise<Omit<Local, 'close'>> {
  const { host = '127.0.0.1', port, say = () => {} } = options;
  const notYet = (_: IncomingMessage, response: ServerResponse) => response.writeHead(503).end('Still starting.\n');
  const server = createServer(notYet).listen(port, host);
  await once(server, 'listening');
  cleanUps.push(() => server.close());
  const { port: realPort } = server.address() as AddressInfo;
  // A server that listens everywhere is reached by loopback too.
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const url = `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${realPort}`;
  const openai = options.openai ?? { apiKey: 'local', baseUrl: url + openaiPath };

  const data = options.folder === undefined ? undefined : new DataFolder(options.folder);
  cleanUps.push(() => data?.release());
  const outdir = mkdtempSync(join(tmpdir(), 'chat-synth-'));
  cleanUps.push(() => rmSync(outdir, { recursive: true, force: true }));

  const unneeded = new AbortController();
  cleanUps.push(() => unneeded.abort());
  const synthesis = step(say, 'Synthesizing the CDK app', () => synthesize(join(outdir, '0'), unneeded.signal));
  synthesis.catch(() => {}); // Awaited below: it must not count as unhandled meanwhile.
  const database = options.dynamodb ? running(options.dynamodb, say) : await startOwnDatabase(data, say);
  cleanUps.push(() => database.stop());
  const template = await synthesis;
  await step(say, 'Creating the tables', () => createTables(database.endpoint, template));

  const secrets = options.secrets ?? new Secrets(data?.secrets);
  const client = options.google?.client ?? googleStandInClient;
  secrets.set(template.operatorSecret(), JSON.stringify({ openaiApiKey: openai.apiKey, ...client }));
  for (const { name, value } of template.parameters()) secrets.declare(name, value);
  const proxy = await startDynamodbProxy(database.endpoint, () => deployment.roles);
  cleanUps.push(() => proxy.close());
  const surroundings = {
    origin: url,
    dynamodbEndpoint: proxy.endpoint,
    awsServicesEndpoint: url + awsServicesPath,
    addresses: { OPENAI_BASE_URL: openai.baseUrl, ...googleAddresses(options.google, url) },
    secrets,
    log: options.log,
  };
  let deployment = new Deployment(template, surroundings);
  cleanUps.push(() => deployment.close());
  const sockets = new SocketGateway(deployment.socketApi, deployment.lambdas, options.limits ?? awsSocketLimits);
  const textMessages = new TextMessages(say);
  const awsServices = new AwsServices(textMessages, secrets);
  serve(server.off('request', notYet), sockets, { textMessages, awsServices }, () => deployment);
  cleanUps.push(async () => {
    await sockets.close();
    server.closeAllConnections();
  });
  await rotateKeys(template, deployment.lambdas, secrets, say);
  await step(say, 'Asking GET /health whether all is well', () => untilHealthy(url));

  let reloads = 0;
  const reload = async () => {
    const next = await synthesize(join(outdir, String(++reloads)));
    await createTables(database.endpoint, next);
    const old = deployment;
    deployment = new Deployment(next, surroundings);
    sockets.reload(deployment.socketApi, deployment.lambdas);
    await old.close();
    rmSync(join(outdir, String(reloads - 1)), { recursive: true, force: true });
  };
  return { url, reload, unusedGrants: () => deployment.roles.unused(), died: database.died };
}

/** Where Google is: the runner's stand-in, another one, or where the template says. */
function googleAddresses(google: LocalOptions['google'], url: string): Record<string, string> {
  // Google's client takes no path before the Meet API's own.
  if (!google) return { GOOGLE_OAUTH_URL: url + googlePath, GOOGLE_MEET_URL: `${url}/` };
  return google.rootUrl ? { GOOGLE_OAUTH_URL: google.rootUrl, GOOGLE_MEET_URL: `${google.rootUrl}/` } : {};
}

function startOwnDatabase(data: DataFolder | undefined, say: Say): Promise<Database> {
  const where = data ? `data in ${relative(process.cwd(), data.database)}` : 'data in memory';
  return step(say, 'Starting DynamoDB Local', () => startDatabase(data?.database), where);
}

function running(endpoint: string, say: Say): Database {
  say(`Using DynamoDB at ${endpoint}`);
  return { endpoint, died: new Promise(() => {}), stop: async () => {} };
}

async function untilHealthy(url: string): Promise<void> {
  const health = await fetch(`${url}/health`);
  if (!health.ok) throw new Error(`GET /health answered ${health.status}: ${await health.text()}`);
}
