import { parseArgs } from 'node:util';
import type { Options } from './smoke.ts';

export const usage = `npm run smoke -- URL [options]    Checks a deployment from outside: every endpoint, both sockets, and the edge.

  URL                the base URL, such as https://chat.example.com: the output ApiBaseUrl of the stack
  --ws-url=URL       the base URL of sockets, if it differs: the output WsBaseUrl of a stage without CloudFront
  --stage=NAME       also looks for a request and for pushes in the log of this stage; needs AWS credentials
  --region=REGION    the region of the stage, if it is not that of the credentials
  --timeout=SECONDS  how long an answer or a frame may take; by default 20
  --json             prints the report as JSON
  --help             prints this

It creates two accounts with random emails and passwords, and deletes them at the end, also after a failure and
Ctrl-C; two groups remain, which nobody is in. It sends no text message. If the assistant is configured, it asks two questions.

Exit codes: 0 if nothing failed, 1 if something did, 2 if nothing could be checked, 130 after Ctrl-C.`;

/** What is wrong with the arguments. */
export class WrongArguments extends Error {}

const known = {
  'ws-url': { type: 'string' },
  stage: { type: 'string' },
  region: { type: 'string' },
  timeout: { type: 'string', default: '20' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function parse(given: string[]) {
  try {
    return parseArgs({ args: given, options: known, allowPositionals: true });
  } catch (error) {
    throw new WrongArguments((error as Error).message);
  }
}

/** A base URL without a slash at its end. */
function baseUrl(name: string, given: string, protocols: RegExp): string {
  const parsed = URL.parse(given);
  if (!parsed || !protocols.test(parsed.protocol) || parsed.search || parsed.hash)
    throw new WrongArguments(
      `Invalid ${name} "${given}". Use a URL such as ${name === 'URL' ? 'https' : 'wss'}://chat.example.com`,
    );
  return given.replace(/\/+$/, '');
}

/** The options, or undefined if only the usage was asked for. Throws `WrongArguments`. */
export function readOptions(given: string[]): (Options & { json: boolean }) | undefined {
  const { values, positionals } = parse(given);
  if (values.help) return undefined;
  const [address, ...others] = positionals;
  if (address === undefined) throw new WrongArguments('The URL of the deployment is missing.');
  if (others.length > 0) throw new WrongArguments(`One URL is enough: ${others.join(' ')}`);
  const url = baseUrl('URL', address, /^https?:$/);
  const wsUrl = baseUrl('--ws-url', values['ws-url'] ?? url.replace(/^http/, 'ws'), /^wss?:$/);
  const seconds = Number(values.timeout);
  if (!(seconds > 0 && seconds <= 600))
    throw new WrongArguments(`Invalid --timeout "${values.timeout}". Use a number of seconds up to 600.`);
  return { url, wsUrl, stage: values.stage, region: values.region, waitMs: seconds * 1000, json: values.json };
}
