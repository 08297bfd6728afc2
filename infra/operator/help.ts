import type { OperatorCommand } from '#shared/contract/operator/index.ts';
import { type CommandName, commandNamed, type Field, fieldsOf } from './commands.ts';
import { exitCodes } from './failure.ts';
import { columns } from './views/text.ts';

const subjects: [title: string, names: CommandName[]][] = [
  ['Reports', ['reports', 'report', 'close', 'remove-message']],
  ['People', ['user', 'suspend', 'unsuspend', 'export', 'erase']],
  ['Chats', ['lock-chat', 'unlock-chat', 'announce']],
  ['Audit', ['audit']],
];

const chat = '5f0c7a52-6d0e-4a55-9f3c-0d9a3f3f5c11';

const examples: Record<CommandName, string> = {
  reports: '--month 2026-11',
  report: `${chat}-12`,
  close: `${chat}-12 --reason "Not an insult"`,
  'remove-message': `${chat}-12 --reason "Contains a home address"`,
  user: 'anna@example.com',
  suspend: '+79991234567 --reason "Sends advertising"',
  unsuspend: '+79991234567 --reason "Wrong person"',
  export: 'anna@example.com --out anna.json --reason "Her request by email of 3 November"',
  erase: 'anna@example.com --messages --reason "Her request by email of 3 November"',
  'lock-chat': `${chat} --reason "The police asked for it"`,
  'unlock-chat': `${chat} --reason "The police have finished"`,
  announce: `${chat} "The meeting is at seven." --reason "The group's owner is ill"`,
  audit: '--month 2026-11',
};

const everywhere: [string, string][] = [
  ['--stage NAME', 'acts on the stage in AWS, with your AWS credentials; without it, on the laptop (npm start)'],
  ['--region REGION', 'the region of the stage, if it is not the one of your AWS profile'],
  ['--url URL', 'acts on the API at this URL'],
  ['--json', 'prints the answer as it came'],
  ['--yes', 'does not ask before something final'],
  ['--help', 'explains the commands, or the one that is named'],
];

const codes: Record<keyof typeof exitCodes, string> = {
  done: 'done',
  refused: 'the server refused it',
  misused: 'wrong arguments, or not confirmed',
  notAllowed: 'no AWS credentials, or ones that may not do this',
  unreachable: 'nothing answers',
};

/** "suspend WHO --reason REASON" */
export function usageOf(command: OperatorCommand): string {
  const out = command.name === 'export' ? ['--out FILE'] : [];
  return [command.name, ...fieldsOf(command).map(typed), ...out].join(' ');
}

function typed({ option, placeholder, required, isFlag, isPositional }: Field): string {
  if (isPositional) return placeholder;
  const text = isFlag ? `--${option}` : `--${option} ${placeholder}`;
  return required ? text : `[${text}]`;
}

/** All commands by subject. */
export function overview(): string[] {
  return [
    'npm run operator -- COMMAND ... [--stage NAME]',
    ...subjects.flatMap(([title, names]) => [
      '',
      title,
      ...indented(names.map((name) => [usageOf(commandNamed(name)), commandNamed(name).summary])),
    ]),
    '',
    'With every command',
    ...indented(everywhere),
    '',
    'Exit codes',
    ...indented(Object.entries(exitCodes).map(([name, code]) => [`${code}`, codes[name as keyof typeof codes]])),
  ];
}

/** One command with its fields and an example. */
export function helpOf(command: OperatorCommand): string[] {
  const fields = fieldsOf(command).map((field): [string, string] => [
    typed(field),
    field.name === 'reason' ? `${field.description} It is asked for if it is missing.` : field.description,
  ]);
  const file: [string, string][] =
    command.name === 'export' ? [['--out FILE', 'The file to write, which must not exist yet.']] : [];
  return [
    `npm run operator -- ${usageOf(command)}`,
    '',
    `${command.summary}.${command.effect === 'final' ? ' This cannot be undone.' : ''}`,
    '',
    ...indented([...fields, ...file]),
    '',
    'Example',
    `  npm run operator -- ${command.name} ${examples[command.name]}`,
    '',
    'With every command',
    ...indented(everywhere),
  ];
}

const indented = (rows: [string, string][]) => columns(rows).map((line) => `  ${line}`);
