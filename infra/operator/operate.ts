import * as z from 'zod/mini';
import type { OperatorCommand } from '#shared/contract/operator/index.ts';
import { printable } from '../local/console/printable.ts';
import { type Options, parseArguments } from './arguments.ts';
import { fieldsOf, type Input } from './commands.ts';
import { confirm, requireSomebodyToAsk } from './confirm.ts';
import { eraseAll } from './erase.ts';
import { exportTo } from './export-file.ts';
import { exitCodes, Failure } from './failure.ts';
import { findTarget } from './find-target.ts';
import { helpOf, overview } from './help.ts';
import { joinPages, lengthOf } from './pages.ts';
import { type Api, apiOf, checkedAnswer } from './send.ts';
import type { Terminal } from './terminal.ts';
import { views } from './views/index.ts';
import type { Look } from './views/text.ts';

/** Rows of a list that are fetched without being asked for. */
const maxRows = 1000;

/** Runs what was typed after `npm run operator --`. Returns the exit code. */
export async function operate(args: string[], terminal: Terminal): Promise<number> {
  try {
    const { command, input, options } = parseArguments(args);
    if (!command || options.help) for (const line of command ? helpOf(command) : overview()) terminal.out(line);
    else await execute(command, input, options, terminal);
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    for (const line of error.message.split('\n')) terminal.err(printable(line));
    return error.exitCode;
  }
}

async function execute(command: OperatorCommand, typed: Input, options: Options, terminal: Terminal): Promise<void> {
  if (command.effect === 'final') requireSomebodyToAsk(options, terminal);
  const input = checked(command, await withReason(command, typed, terminal));
  const target = await findTarget(options);
  terminal.err(`Acting on ${target.label}`);
  const api = apiOf(target);
  if (command.name === 'export') return exportTo(options.out ?? '', input, api, terminal);
  const isConfirmed = command.effect !== 'final' || options.yes;
  const confirmed = isConfirmed ? input : await confirm(command.name, input, api, terminal);
  if (options.json && command.name !== 'erase')
    return terminal.out(JSON.stringify(await api.ask(command, confirmed), undefined, 2));
  const answer = await answerTo(command, confirmed, api, terminal);
  if (options.json) return terminal.out(JSON.stringify(answer, undefined, 2));
  // The name selects the view together with the answer that it shows.
  const view = views[command.name] as (answer: object, look: Look, input: Input) => string[];
  for (const line of view(answer, terminal, confirmed)) terminal.out(line);
  if ('cursor' in answer && answer.cursor) terminal.err(`There is more: add --cursor ${answer.cursor}`);
}

async function answerTo(command: OperatorCommand, input: Input, api: Api, terminal: Terminal): Promise<object> {
  if (command.name === 'erase') return eraseAll(input, api, terminal);
  const isEnough = (joined: object) => lengthOf({ ...joined }) >= maxRows;
  const joined = await joinPages(api, command, input, { isEnough, progress: () => {} });
  return checkedAnswer(command, joined);
}

/** Asks why, if that was not typed. */
async function withReason(command: OperatorCommand, input: Input, { ask }: Terminal): Promise<Input> {
  if (!fieldsOf(command).some(({ name, required }) => name === 'reason' && required)) return input;
  if (input.reason !== undefined) return input;
  if (!ask) throw new Failure('misused', '--reason "..." is missing: say why, for the audit.');
  return { ...input, reason: await ask('Why? It goes into the audit: ') };
}

function checked(command: OperatorCommand, input: Input): Input {
  const { data, error } = z.safeParse(command.input as z.ZodMiniType<Input>, input);
  if (data) return data;
  const fields = fieldsOf(command);
  const lines = error.issues.map(({ path, message }) => {
    const field = fields.find(({ name }) => name === path[0]);
    return `${field?.isPositional ? field.placeholder : `--${field?.option}`}: ${message}`;
  });
  throw new Failure('misused', lines.join('\n'));
}
