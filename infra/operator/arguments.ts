import { parseArgs } from 'node:util';
import { type OperatorCommand, operatorCommands } from '#shared/contract/operator/index.ts';
import { fieldsOf, type Input } from './commands.ts';
import { Failure } from './failure.ts';
import { usageOf } from './help.ts';

/** The options of every command. */
const common = {
  stage: { type: 'string' },
  region: { type: 'string' },
  url: { type: 'string' },
  json: { type: 'boolean' },
  yes: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

export interface Options {
  stage?: string;
  region?: string;
  url?: string;
  json?: boolean;
  yes?: boolean;
  help?: boolean;
  /** Where an export goes. */
  out?: string;
}

export interface Parsed {
  /** Undefined when none was typed: then the overview is shown. */
  command: OperatorCommand | undefined;
  /** Not checked yet, and perhaps without a reason. */
  input: Input;
  options: Options;
}

const fieldOptions = operatorCommands
  .flatMap(fieldsOf)
  .filter(({ isPositional }) => !isPositional)
  .map(({ option, isFlag }) => [option, { type: isFlag ? 'boolean' : 'string' }] as const);

/** What was typed after `npm run operator --`. Throws a `Failure` that says what is wrong with it. */
export function parseArguments(args: string[]): Parsed {
  const { values, positionals } = split(args);
  const [name, ...words] = positionals;
  const options = values as Options;
  if (name === undefined) {
    if (args.length === 0 || options.help) return { command: undefined, input: {}, options };
    throw new Failure('misused', 'Name a command. --help lists them.');
  }
  const command = operatorCommands.find((one) => one.name === name);
  if (!command) throw new Failure('misused', `There is no command "${name}". --help lists the commands.`);
  return { command, input: options.help ? {} : inputOf(command, words, values), options };
}

function split(args: string[]): { values: Record<string, unknown>; positionals: string[] } {
  const options = { ...Object.fromEntries(fieldOptions), ...common, out: { type: 'string' } } as const;
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Failure('misused', `${(error as Error).message}\n--help explains the commands.`);
  }
}

function inputOf(command: OperatorCommand, words: string[], values: Record<string, unknown>): Input {
  const fields = fieldsOf(command);
  const misused = (what: string) => new Failure('misused', `${what}\nUsage: ${usageOf(command)}`);
  const own = new Set([...fields.map(({ option }) => option), ...Object.keys(common)]);
  if (command.name === 'export') own.add('out');
  const foreign = Object.keys(values).find((option) => !own.has(option));
  if (foreign !== undefined) throw misused(`"${command.name}" has no option --${foreign}.`);
  const positional = fields.filter(({ isPositional }) => isPositional);
  if (words.length < positional.length) throw misused(`${positional[words.length]?.placeholder} is missing.`);
  if (words.length > positional.length)
    throw misused(`Unexpected argument "${words[positional.length]}". Put text that contains spaces in quotes.`);
  if (command.name === 'export' && !values.out) throw misused('--out FILE is missing: the file to write.');
  const named = fields.filter(({ isPositional, option }) => !isPositional && values[option] !== undefined);
  return Object.fromEntries([
    ...positional.map(({ name }, index) => [name, words[index]]),
    ...named.map(({ name, option }) => [name, values[option]]),
  ]);
}
