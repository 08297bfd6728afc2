import * as z from 'zod/mini';
import type { Command } from '#shared/contract/operator/command.ts';
import { problem } from '#shared/contract/problem.ts';
import { attachPolicy } from './aws-failure.ts';
import type { AnswerTo, CommandName, Input, Named } from './commands.ts';
import { Failure, Refused } from './failure.ts';
import { isLocal, signedFetch } from './signed-fetch.ts';
import type { Target } from './target.ts';

/** Runs commands on a target. */
export interface Api {
  /** The answer as it came. Throws a `Failure`, which is `Refused` if the server refuses. */
  ask: (command: Command, input: Input) => Promise<Record<string, unknown>>;
  /** The same, with an answer that is checked. */
  run: <Name extends CommandName>(command: Named<Name>, input: Input) => Promise<AnswerTo<Name>>;
}

export function apiOf(target: Target): Api {
  const ask: Api['ask'] = async ({ name }, input) => {
    const request = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) };
    const response = await signedFetch(new URL(`/operator/${name}`, target.url), request, target.signer, 'execute-api');
    const text = await response.text();
    if (!response.ok) throw refusalOf(response, text, target);
    return JSON.parse(text);
  };
  return {
    ask,
    run: async (command, input) => checkedAnswer(command, await ask(command, input)),
  };
}

/** Throws a `Failure` for the answer of another version. */
export function checkedAnswer<Name extends CommandName>({ response }: Named<Name>, answer: object): AnswerTo<Name> {
  const { data, error } = z.safeParse(response as z.ZodMiniType, answer);
  if (!error) return data as AnswerTo<Name>;
  throw new Failure(
    'refused',
    `The server runs another version of this backend. Use its version of the repository, or --json to see the raw answer.\n${z.prettifyError(error)}`,
  );
}

/** API Gateway's own answers. */
const gatewayAnswer = z.object({ message: z.string() });

function refusalOf({ status, headers }: Response, text: string, target: Target): Failure {
  const body = parse(text);
  const retryAfter = headers.get('retry-after');
  const { data } = z.safeParse(problem, body);
  if (data) return new Refused(data.code, describe(data), retryAfter === null ? undefined : Number(retryAfter));
  const { message = text.slice(0, 200) } = z.safeParse(gatewayAnswer, body).data ?? {};
  if (status === 403)
    return new Failure('notAllowed', `${message}: ${target.label} does not let you in. ${hintFor(target)}`);
  return new Refused(String(status), `${status} ${message}`);
}

function describe({ code, title, detail, requestId, errors = [] }: z.output<typeof problem>): string {
  const lines = errors.map(({ path, message }) => `  ${[path, message].filter(Boolean).join(' ')}`);
  return [`${code}: ${[title, detail].filter(Boolean).join(' ')}`, ...lines, `requestId ${requestId}`].join('\n');
}

function hintFor({ url }: Target): string {
  if (isLocal(url)) return 'Is it the `npm start` of this version?';
  const host = url.hostname.includes('.execute-api.') ? '' : '\nOr the URL is not the one in the output RestApiUrl.';
  return `${attachPolicy}${host}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
