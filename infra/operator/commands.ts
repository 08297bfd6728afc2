import * as z from 'zod/mini';
import type { Command } from '#shared/contract/operator/command.ts';
import { type OperatorCommand, operatorCommands } from '#shared/contract/operator/index.ts';

export type CommandName = OperatorCommand['name'];
export type Named<Name extends CommandName> = Extract<OperatorCommand, { name: Name }>;
export type AnswerTo<Name extends CommandName> = z.output<Named<Name>['response']>;
export type Input = Record<string, unknown>;

/** A field of a command's input, as it is typed. */
export interface Field {
  name: string;
  /** "--chat-id" without the dashes, and the upper-case word for its value: "CHAT". */
  option: string;
  placeholder: string;
  description: string;
  required: boolean;
  isFlag: boolean;
  isPositional: boolean;
}

const property = z.object({ type: z.string(), description: z.optional(z.string()) });
const inputSchema = z.object({
  properties: z.record(z.string(), property),
  required: z._default(z.array(z.string()), []),
});

/** The fields of a command's input, in the order in which they are typed. The pages of an export follow by themselves. */
export function fieldsOf({ name: command, input, positional }: Command): Field[] {
  const { properties, required } = z.parse(inputSchema, z.toJSONSchema(input, { io: 'input' }));
  const names = [...positional, ...Object.keys(properties).filter((name) => !positional.includes(name))];
  return names
    .filter((name) => !(command === 'export' && name === 'cursor'))
    .map((name) => ({
      name,
      option: name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      placeholder: name.replace(/Id$/, '').toUpperCase(),
      description: properties[name]?.description ?? '',
      required: required.includes(name),
      isFlag: properties[name]?.type === 'boolean',
      isPositional: positional.includes(name),
    }));
}

export function commandNamed<Name extends CommandName>(name: Name): Named<Name> {
  return operatorCommands.find((command) => command.name === name) as Named<Name>;
}
