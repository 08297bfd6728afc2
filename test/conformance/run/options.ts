import { parseArgs } from 'node:util';
import type { Addresses } from '../client/transport.ts';

export const usage = `npm run conformance -- URL [options]    Checks whether a server does what the mobile client relies upon.

  URL                      the server's base URL, such as http://localhost:3000
  --specification-only     leaves out what only docs/api.md demands
  --only=WORD              only the requirements with this word in their id, such as groups.join
  --ws-url=URL             the base URL of sockets, if it differs: wss://...
  --phone=PHONE            with --code-command, for the login by phone: a phone that you can read
  --code-command=COMMAND   requests a code for the phone in $PHONE, and prints it; npm start needs neither of the two
  --google-token=TOKEN     a token of Google's that the server accepts; npm start takes any
  --timeout=SECONDS        how long an answer or a frame may take; by default 20
  --json                   prints the report as JSON
  --help                   prints this

It registers accounts with random emails, creates groups and sends messages: don't aim it at a server with users.
At the end it deletes the accounts, if the server has DELETE /users/me, and lists those that remain.

Exit codes: 0 if no requirement failed, 1 if one did, 2 if nothing could be checked.`;

export interface Options extends Addresses {
  specificationOnly: boolean;
  only: string;
  phone: string | undefined;
  codeCommand: string | undefined;
  googleToken: string | undefined;
  waitMs: number;
  json: boolean;
}

/** What is wrong with the arguments. */
export class WrongArguments extends Error {}

const known = {
  'specification-only': { type: 'boolean', default: false },
  only: { type: 'string', default: '' },
  'ws-url': { type: 'string' },
  phone: { type: 'string' },
  'code-command': { type: 'string' },
  'google-token': { type: 'string' },
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
    throw new WrongArguments(`Invalid ${name} "${given}". Use a URL such as http://localhost:3000`);
  return given.replace(/\/+$/, '');
}

/** The options, or undefined if only the usage was asked for. Throws `WrongArguments`. */
export function readOptions(given: string[]): Options | undefined {
  const { values, positionals } = parse(given);
  if (values.help) return undefined;
  const [address, ...others] = positionals;
  if (address === undefined) throw new WrongArguments('The URL of the server is missing.');
  if (others.length > 0) throw new WrongArguments(`One URL is enough: ${others.join(' ')}`);
  const url = baseUrl('URL', address, /^https?:$/);
  const wsUrl = baseUrl('--ws-url', values['ws-url'] ?? url.replace(/^http/, 'ws'), /^wss?:$/);
  const seconds = Number(values.timeout);
  if (!(seconds > 0 && seconds <= 600)) throw new WrongArguments(`Invalid --timeout "${values.timeout}". Use seconds.`);
  const { phone, 'code-command': codeCommand } = values;
  if ((phone === undefined) !== (codeCommand === undefined))
    throw new WrongArguments('--phone and --code-command are used together.');
  return {
    url,
    wsUrl,
    phone,
    codeCommand,
    specificationOnly: values['specification-only'],
    only: values.only,
    googleToken: values['google-token'],
    waitMs: seconds * 1000,
    json: values.json,
  };
}
