import { readArguments } from '../../infra/local/console/command-line.ts';
import { secondsSince } from '../../infra/local/console/progress.ts';
import { Runner } from '../../infra/local/runner.ts';
import type { Json } from '../support/api-client.ts';
import { Story } from './story.ts';
import { dim } from './telling.ts';

/** Plays a conversation against API_BASE_URL, against a running `npm start`, or against a backend that it starts itself. */

const usage = `npm run demo    Plays a chat of three people and checks every step.

It uses the backend that npm start is running. If there is none, it starts one that keeps no data.

  PORT=3000            the port of npm start
  API_BASE_URL         the URL of another backend, such as the ApiBaseUrl of a deployment
  WS_BASE_URL          its WsBaseUrl, which differs without CloudFront
  DYNAMODB_ENDPOINT    URL of a running DynamoDB Local, for a backend that the demo starts`;

readArguments([], usage);

const { API_BASE_URL, WS_BASE_URL, DYNAMODB_ENDPOINT: dynamodb, PORT: port = '3000' } = process.env;

/** Whether a chat backend answers at this URL. */
const answers = (baseUrl: string): Promise<boolean> =>
  fetch(`${baseUrl}/health`)
    .then((answer) => answer.json())
    .then(
      (health: Json) => health.status === 'ok',
      () => false,
    );

async function findServer(): Promise<{ url: string; close(): Promise<void>; afterwards: string }> {
  const close = async () => {};
  const running = `http://127.0.0.1:${port}`;
  const page = `http://localhost:${port}`;
  if (API_BASE_URL !== undefined) {
    const baseUrl = API_BASE_URL.replace(/\/$/, '');
    if (!(await answers(baseUrl))) throw new Error(`No chat backend answers at ${baseUrl}/health.`);
    return { url: baseUrl, close, afterwards: `The server was ${baseUrl}.` };
  }
  if (await answers(running)) return { url: running, close, afterwards: `To chat by hand, open ${page}.` };
  console.log(`No chat backend answers at ${page}. Starting one that keeps no data.`);
  const runner = await startOwn();
  const start = port === '3000' ? 'npm start' : `PORT=${port} npm start`;
  const afterwards = `To chat by hand, run ${start} and open ${page}.`;
  return { url: runner.url, close: () => runner.close(), afterwards };
}

const stopping = new AbortController();

/** Starts a backend that leaves nothing behind, even if Ctrl-C ends the demo. */
function startOwn(): Promise<Runner> {
  const say = (line: string) => console.log(dim(`   ${line}`));
  const starting = Runner.start({ port: 0, dynamodb, signal: stopping.signal, say, log: () => {} });
  process.once('SIGINT', async () => {
    stopping.abort();
    await starting.then(
      (runner) => runner.close(),
      () => {},
    );
    process.exit(130);
  });
  return starting;
}

async function main(): Promise<void> {
  const server = await findServer();
  const begun = performance.now();
  try {
    await new Story({ url: server.url, wsUrl: WS_BASE_URL ?? server.url.replace('http', 'ws') }).play();
  } finally {
    await server.close();
  }
  console.log(`\nIt works: every step was checked in ${secondsSince(begun)}. ${server.afterwards}`);
}

main().catch((error: Error) => {
  if (stopping.signal.aborted) return;
  console.error(`\n${error.message}`);
  process.exit(1);
});
