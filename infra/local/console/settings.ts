import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FcmOptions, GoogleOptions, OpenaiOptions } from '../options.ts';
import { readArguments } from './command-line.ts';
import { readServiceAccount } from './service-account.ts';

const usage = `npm start [-- --memory --chaos]    Runs the whole backend on this machine: the stage "dev" of cdk.json.

  --memory             keeps no data; by default, data is kept in .local/
  --chaos              throttles, cold starts, cut sockets and other faults of AWS, at random; docs/develop.md lists them
  --chaos=SEED         the same faults as in an earlier run, which has shown its seed

Settings, as environment variables or in .env:

  PORT=3000            the port of the server
  HOST=127.0.0.1       0.0.0.0 lets phones on the same network connect; docs/security.md says what they reach
  PUBLIC_URL           the URL in the addresses of files, if the machine's first one in the network is the wrong one; this
                       machine must reach it too
  OPENAI_API_KEY       for a real assistant, by default that of the stage
  OPENAI_BASE_URL      URL of another server with Chat Completions, such as http://localhost:11434/v1; it may need no key
  OPENAI_MODEL         another model
  GOOGLE_CLIENT_ID     with GOOGLE_CLIENT_SECRET, for the real Google; GOOGLE_ROOT_URL selects a stand-in of your own
  GOOGLE_APPLICATION_CREDENTIALS
                       file of a service account, for the real Firebase Cloud Messaging
  FCM_ROOT_URL         URL of another stand-in for Firebase Cloud Messaging
  DYNAMODB_ENDPOINT    URL of a running DynamoDB Local; by default one is started, which needs Java`;

export interface Settings {
  host: string;
  port: number;
  /** The origin in the URLs of files. */
  publicUrl: string | undefined;
  /** Where data is kept; undefined keeps none. */
  folder: string | undefined;
  dynamodb: string | undefined;
  /** The seed of the random faults; undefined for none. */
  chaosSeed: number | undefined;
  openai: OpenaiOptions | undefined;
  google: GoogleOptions | undefined;
  fcm: FcmOptions | undefined;
}

/** The command's arguments and settings. `--help` and unknown arguments end the process; a wrong setting throws. */
export function readSettings(root: string): Settings {
  const given = readArguments(['--memory', '--chaos', '--chaos='], usage);
  const file = join(root, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  const { HOST: host = '127.0.0.1', PORT: port = '3000', DYNAMODB_ENDPOINT: dynamodb } = process.env;
  if (!/^\d+$/.test(port) || Number(port) > 65_535)
    throw new Error(`Invalid PORT "${port}". Use a number up to 65535.`);
  const folder = given.includes('--memory') ? undefined : join(root, '.local');
  const services = { openai: openaiOf(process.env), google: googleOf(process.env), fcm: fcmOf(process.env) };
  const publicUrl = publicUrlOf(process.env);
  return { host, port: Number(port), publicUrl, folder, dynamodb, chaosSeed: chaosSeedOf(given), ...services };
}

function publicUrlOf({ PUBLIC_URL: url }: NodeJS.ProcessEnv): string | undefined {
  if (!url) return undefined;
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.pathname !== '/')
    throw new Error(`Invalid PUBLIC_URL "${url}". Use a URL without a path, such as http://192.168.1.5:3000`);
  return parsed.origin;
}

function chaosSeedOf(given: string[]): number | undefined {
  const option = given.findLast((argument) => /^--chaos\b/.test(argument));
  if (option === undefined) return undefined;
  const [, seed = String(randomInt(1_000_000))] = option.split('=');
  if (!/^\d{1,9}$/.test(seed)) throw new Error(`Invalid seed "${seed}". Use --chaos=7, or --chaos alone.`);
  return Number(seed);
}

/** Servers on the same machine usually need no key; the functions need some text in its place. */
function openaiOf({ OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL }: NodeJS.ProcessEnv): Settings['openai'] {
  if (!OPENAI_API_KEY && !OPENAI_BASE_URL) return undefined;
  return { apiKey: OPENAI_API_KEY || 'none', baseUrl: OPENAI_BASE_URL, model: OPENAI_MODEL };
}

function googleOf({ GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GOOGLE_ROOT_URL }: NodeJS.ProcessEnv) {
  if (!GOOGLE_CLIENT_ID || !GOOGLE_CLIENT_SECRET) return undefined;
  const client = { googleClientId: GOOGLE_CLIENT_ID, googleClientSecret: GOOGLE_CLIENT_SECRET };
  return { client, rootUrl: GOOGLE_ROOT_URL };
}

function fcmOf({ GOOGLE_APPLICATION_CREDENTIALS: file, FCM_ROOT_URL }: NodeJS.ProcessEnv): Settings['fcm'] {
  if (!file && !FCM_ROOT_URL) return undefined;
  return { ...(file && { serviceAccount: readServiceAccount(file) }), ...(FCM_ROOT_URL && { rootUrl: FCM_ROOT_URL }) };
}

interface SystemError extends NodeJS.ErrnoException {
  port?: number;
  address?: string;
  hostname?: string;
}

/** Why the start failed and, if HOST, PORT or the data folder is the cause, what to do about it. */
export function explain(error: SystemError): string {
  const { code = '', message, port = 0, address, hostname, path } = error;
  if (path !== undefined) return explainFile(code, path) ?? message;
  const advice: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use, perhaps by another npm start. Choose another one: PORT=${port + 1} npm start`,
    EACCES: `You are not allowed to use port ${port}. Choose one above 1023: PORT=3000 npm start`,
    EADDRNOTAVAIL: `This machine does not have the address ${address}. HOST=0.0.0.0 listens on all its addresses.`,
    ENOTFOUND: `HOST is "${hostname}", which is not a known host name. HOST=0.0.0.0 listens on all addresses.`,
  };
  return advice[code] ?? message;
}

function explainFile(code: string, path: string): string | undefined {
  const notOurs = `You may not read and write ${path}. It belongs to another user, perhaps because of a sudo npm start. Make it yours: sudo chown -R "$USER" .local Or keep no data: npm start -- --memory`;
  const advice: Record<string, string> = {
    EACCES: notOurs,
    EPERM: notOurs,
    ENOSPC: `The disk with ${path} is full. Free some space, or keep no data: npm start -- --memory`,
    EROFS: `The disk with ${path} is read-only. Keep no data: npm start -- --memory`,
  };
  return advice[code];
}
