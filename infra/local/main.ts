import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { readArguments } from './console/command-line.ts';
import { readable } from './console/log-formatter.ts';
import { secondsSince, step } from './console/progress.ts';
import { type DemoAccount, openDemoAccount } from './demo-account.ts';
import { type Local, startLocal } from './runner.ts';

const root = join(import.meta.dirname, '../..');
const usage = `npm start [-- --memory]    Serves the whole backend on this machine.

  --memory             keeps nothing; without it, data stays in .local/

Settings, in the environment or in .env:

  PORT=3000            the port that everything is served on
  HOST=127.0.0.1       0.0.0.0 lets a phone on the same network connect
  OPENAI_API_KEY       for the real assistant; OPENAI_BASE_URL points to any other server that speaks OpenAI's API
  GOOGLE_CLIENT_ID     with GOOGLE_CLIENT_SECRET, for the real Google; GOOGLE_ROOT_URL points to another stand-in
  DYNAMODB_ENDPOINT    the URL of a DynamoDB Local that is running already; otherwise one is started, which needs Java`;

const folder = readArguments(['--memory'], usage).includes('--memory') ? undefined : join(root, '.local');
if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
const { HOST: host = '127.0.0.1', PORT: port = '3000', DYNAMODB_ENDPOINT: dynamodb } = process.env;
const openai = openaiOf(process.env);
const google = googleOf(process.env);

const startedAt = performance.now();
const say = (line: string) => console.log(`${styleText('dim', secondsSince(startedAt).padStart(7))}  ${line}`);

/** What the functions log is shown from here on; before, the runner itself asks, and only what goes wrong is shown. */
let readyAt = Number.POSITIVE_INFINITY;
const stopping = new AbortController();

async function main(): Promise<void> {
  if (!/^\d+$/.test(port) || Number(port) > 65_535) throw new Error(`PORT is "${port}": give a number up to 65535.`);
  const starting = startLocal({
    host,
    port: Number(port),
    folder,
    dynamodb,
    openai,
    google,
    signal: stopping.signal,
    say,
    log: (text) => process.stdout.write(readable(text, readyAt)),
  });
  const end = endWell(starting);
  const local = await starting;
  void local.died.then(() => end('DynamoDB Local has ended', 1));
  reloadOnChange(local);
  const account = await step(say, 'Logging in the demo account', () => openDemoAccount(local.url));
  readyAt = Date.now();
  sayReady(local.url.replace('127.0.0.1', 'localhost'), account);
}

function sayReady(url: string, { email, password, accessToken, chatId }: DemoAccount): void {
  const wsUrl = url.replace('http', 'ws');
  const column = (address: string) => address.padEnd(url.length + 8);
  const standIn = (text: string) => styleText('bold', text);
  say(
    openai
      ? `The assistant is the one at ${openai.baseUrl}`
      : standIn('The assistant is a stand-in: set OPENAI_API_KEY for a real one'),
  );
  say(
    google
      ? `Google is the one at ${google.rootUrl ?? 'googleapis.com'}`
      : standIn('Google is a stand-in: set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET for the real one'),
  );
  say(`Ready.

  Chat       ${column(`${url}/`)}open it in a browser
  Reference  ${column(`${url}/docs`)}every endpoint, to read about and to try out
  REST       ${column(url)}apiBaseUrl
  WebSocket  ${column(wsUrl)}wsBaseUrl
  Health     ${url}/health

  In another terminal, ${port === '3000' ? '' : `PORT=${new URL(url).port} `}npm run demo tells a story that happens here. To chat by hand, as
  ${email} (password "${password}"), paste this there and type {"type":"message","content":"Hello"}:

npx wscat -c "${wsUrl}/ws/chat/${chatId}?token=${accessToken}"

  It reloads when a source file changes. Ctrl-C stops it.
`);
}

/** The real assistant, if there is a key for it. */
function openaiOf({ OPENAI_API_KEY, OPENAI_BASE_URL = 'https://api.openai.com/v1' }: NodeJS.ProcessEnv) {
  return OPENAI_API_KEY ? { apiKey: OPENAI_API_KEY, baseUrl: OPENAI_BASE_URL } : undefined;
}

/** The real Google, if there is a client for it. */
function googleOf({ GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GOOGLE_ROOT_URL }: NodeJS.ProcessEnv) {
  if (!GOOGLE_CLIENT_ID || !GOOGLE_CLIENT_SECRET) return undefined;
  const client = { googleClientId: GOOGLE_CLIENT_ID, googleClientSecret: GOOGLE_CLIENT_SECRET };
  return { client, rootUrl: GOOGLE_ROOT_URL };
}

/** However and whenever it ends, nothing is left running. */
function endWell(starting: Promise<Local>): (why: string, code: number) => void {
  const end = async (why: string, code: number) => {
    if (stopping.signal.aborted) return;
    say(`Stopping: ${why}.`);
    stopping.abort();
    await starting.then(
      (local) => local.close(),
      () => {},
    );
    say(`Stopped. ${folder ? 'The data stays in .local/.' : 'Nothing was kept.'}`);
    process.exit(code);
  };
  const signals = { SIGINT: 'Ctrl-C', SIGTERM: 'told to (SIGTERM)', SIGHUP: 'the terminal was closed' };
  for (const [signal, why] of Object.entries(signals)) process.on(signal, () => void end(why, 0));
  for (const fault of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(fault, (error: unknown) => {
      console.error(error);
      void end('a fault in the runner, see above', 1);
    });
  }
  // When nobody reads what it says any more, saying more about that would go round for ever.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => void end('nobody reads this', 0));
  // A signal to npm ends npm and its shell, but the shell passes nothing on.
  const parent = process.ppid;
  const orphaned = () => process.ppid !== parent && void end('npm has ended', 0);
  if (process.env.npm_lifecycle_event) setInterval(orphaned, 250).unref();
  return end;
}

function reloadOnChange(local: Local): void {
  let timer: NodeJS.Timeout | undefined;
  let reloading = Promise.resolve();
  const reload = (file: string) => {
    reloading = reloading.then(async () => {
      say(`${file} has changed: reloading`);
      const begun = performance.now();
      await local.reload().then(
        () => say(`Reloaded in ${secondsSince(begun)}; open sockets stayed open.`),
        (error: unknown) =>
          say(`Not reloaded, the old code goes on. ${error instanceof Error ? error.message : error}`),
      );
    });
  };
  for (const part of ['functions', 'shared', 'infra', 'docs']) {
    watch(join(root, part), { recursive: true }, (_event, name) => {
      // The runner itself can't be replaced while it runs; of docs/ functions have the specifications alone.
      if (!name || (part === 'infra' && name.startsWith('local'))) return;
      if (part === 'docs' && !name.endsWith('.json')) return;
      clearTimeout(timer);
      timer = setTimeout(() => reload(join(part, name)), 100);
    });
  }
}

/** What to do about a fault of the network, by its code. */
const advice: Record<string, string> = {
  EADDRINUSE: `Port ${port} is taken, perhaps by another npm start. Choose another: PORT=${Number(port) + 1} npm start`,
  EACCES: `This account may not use port ${port}. Choose one above 1023: PORT=3000 npm start`,
  EADDRNOTAVAIL: `This machine does not have the address ${host}. HOST=0.0.0.0 listens on all that it has.`,
  ENOTFOUND: `HOST is "${host}", which is not the name of a machine. HOST=0.0.0.0 listens on all addresses.`,
};

main().catch((error: NodeJS.ErrnoException) => {
  if (stopping.signal.aborted) return;
  console.error(advice[error.code ?? ''] ?? error.message);
  process.exit(1);
});
