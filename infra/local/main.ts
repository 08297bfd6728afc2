import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { openDemoAccount } from './demo-account.ts';
import { type Local, startLocal } from './start.ts';

const root = join(import.meta.dirname, '../..');
const usage = `npm start [-- --memory]    Serves the whole backend on this machine.

  --memory            keep nothing; without it data stays in .local/
  PORT=3000           the port that serves everything
  HOST=127.0.0.1      0.0.0.0 lets a phone in the same network in
  OPENAI_API_KEY      of the real assistant, here or in .env; OPENAI_BASE_URL leads to any compatible server
  GOOGLE_CLIENT_ID    and GOOGLE_CLIENT_SECRET of the real Google; GOOGLE_ROOT_URL leads to another stand-in
  DYNAMODB_ENDPOINT   URL of a DynamoDB Local that runs already, instead of starting one (it needs Java)`;

const known = new Set(['--memory', '--help']);
const unknown = process.argv.slice(2).filter((argument) => !known.has(argument));
if (process.argv.includes('--help') || unknown.length > 0) {
  console.log(unknown.length > 0 ? `Unknown: ${unknown.join(' ')}\n\n${usage}` : usage);
  process.exit(unknown.length > 0 ? 2 : 0);
}

if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
const startedAt = Date.now();
const say = (line: string) =>
  console.log(`\x1b[2m${((Date.now() - startedAt) / 1000).toFixed(1).padStart(5)} s\x1b[0m  ${line}`);
const port = Number(process.env.PORT ?? 3000);

async function main(): Promise<void> {
  const local = await startLocal({
    host: process.env.HOST ?? '127.0.0.1',
    port,
    folder: process.argv.includes('--memory') ? undefined : join(root, '.local'),
    dynamodb: process.env.DYNAMODB_ENDPOINT,
    openai: openaiOf(process.env),
    google: googleOf(process.env),
    say,
  });
  endWell(local);
  reloadOnChange(local);
  say('Logging in the demo account');
  const { email, password, accessToken, chatId } = await openDemoAccount(local.url);
  const { host } = new URL(local.url.replace('127.0.0.1', 'localhost'));
  say(`Ready.

  Chat       http://${host}/           open it in a browser
  REST       http://${host}            apiBaseUrl
  WebSocket  ws://${host}              wsBaseUrl
  Health     http://${host}/health
  Reference  http://${host}/docs

  npm run demo shows two people chatting here. To chat by hand, as ${email} ("${password}") in the chat
  of that account, paste this and type {"type":"message","content":"Hello"}:

npx wscat -c "ws://${host}/ws/chat/${chatId}?token=${accessToken}"

  It reloads when a source file changes. Ctrl-C ends it.
`);
}

/** The real assistant, if there is a key for it. */
function openaiOf({ OPENAI_API_KEY, OPENAI_BASE_URL = 'https://api.openai.com/v1' }: NodeJS.ProcessEnv) {
  say(
    OPENAI_API_KEY
      ? `The assistant is the one at ${OPENAI_BASE_URL}`
      : '\x1b[1mThe assistant is a stand-in: set OPENAI_API_KEY for a real one\x1b[0m',
  );
  return OPENAI_API_KEY ? { apiKey: OPENAI_API_KEY, baseUrl: OPENAI_BASE_URL } : undefined;
}

/** The real Google, if there is a client for it. */
function googleOf({ GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GOOGLE_ROOT_URL }: NodeJS.ProcessEnv) {
  if (!GOOGLE_CLIENT_ID || !GOOGLE_CLIENT_SECRET) {
    say('\x1b[1mGoogle is a stand-in: set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET for the real one\x1b[0m');
    return undefined;
  }
  say(`Google is the one at ${GOOGLE_ROOT_URL ?? 'googleapis.com'}`);
  const client = { googleClientId: GOOGLE_CLIENT_ID, googleClientSecret: GOOGLE_CLIENT_SECRET };
  return { client, rootUrl: GOOGLE_ROOT_URL };
}

/** However it ends, nothing is left running. */
function endWell(local: Local): void {
  let ending = false;
  const end = async (why: string, code: number) => {
    if (ending) return;
    ending = true;
    say(`${why}: stopping.`);
    await local.close();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(signal, 0));
  for (const fault of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(fault, (error: unknown) => {
      console.error(error);
      void end('A fault in the runner', 1);
    });
  }
  // Whoever read what it says is gone: saying more about that would go round for ever.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => void end('Nobody reads this', 0));
  // A signal to npm ends npm and its shell, but the shell passes nothing on.
  const parent = process.ppid;
  const orphaned = () => process.ppid !== parent && void end('npm has ended', 0);
  if (process.env.npm_lifecycle_event) setInterval(orphaned, 250).unref();
  void local.died.then(() => end('DynamoDB Local has ended', 1));
}

function reloadOnChange(local: Local): void {
  let timer: NodeJS.Timeout | undefined;
  let reloading = Promise.resolve();
  const reload = (file: string) => {
    reloading = reloading.then(async () => {
      say(`${file} changed: synthesizing`);
      await local.reload().then(
        () => say('Reloaded; open sockets stayed.'),
        (error: unknown) =>
          say(`Not reloaded, the old code goes on. ${error instanceof Error ? error.message : error}`),
      );
    });
  };
  for (const folder of ['functions', 'shared', 'infra', 'docs']) {
    watch(join(root, folder), { recursive: true }, (_event, name) => {
      // The runner itself can't be replaced while it runs; of docs/ functions have the specifications alone.
      if (!name || (folder === 'infra' && name.startsWith('local'))) return;
      if (folder === 'docs' && !name.endsWith('.json')) return;
      clearTimeout(timer);
      timer = setTimeout(() => reload(join(folder, name)), 100);
    });
  }
}

main().catch((error: NodeJS.ErrnoException) => {
  const taken = error.code === 'EADDRINUSE' && `Port ${port} is taken. Choose another: PORT=${port + 1} npm start`;
  console.error(taken || error.message);
  process.exit(1);
});
