import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { operatorCommands } from '#shared/contract/operator/index.ts';
import { parseArguments } from '../../../infra/operator/arguments.ts';
import { fieldsOf } from '../../../infra/operator/commands.ts';
import { helpOf, overview, usageOf } from '../../../infra/operator/help.ts';

test('the overview has each command once, with its summary', () => {
  const lines = overview().map((line) => line.trim());
  for (const command of operatorCommands) {
    const about = lines.filter((line) => line.startsWith(`${usageOf(command)}  `));
    expect(about, command.name).toEqual([expect.stringContaining(command.summary)]);
  }
});

/** The words of a command line, as a shell splits them. */
const wordsOf = (line: string) =>
  Array.from(line.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? '');

test.each(operatorCommands)('$name is explained: its fields, and an example that can be typed', (command) => {
  const [usage, ...lines] = helpOf(command);
  expect(usage).toBe(`npm run operator -- ${usageOf(command)}`);
  for (const { isPositional, placeholder, option, description } of fieldsOf(command)) {
    const name = isPositional ? placeholder : `--${option}`;
    expect(description).not.toBe('');
    expect(
      lines.some((line) => line.includes(name) && line.includes(description)),
      name,
    ).toBe(true);
  }
  const [, typed = ''] = lines.find((line) => line.startsWith('  npm run operator -- '))?.split(/ -- (.*)/) ?? [];
  const parsed = parseArguments(wordsOf(typed));
  expect(parsed.command).toBe(command);
  expect(z.safeParse(command.input as z.ZodMiniType, parsed.input).error).toBeUndefined();
});
