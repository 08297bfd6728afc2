import * as z from 'zod/mini';
import { fieldErrorsOf } from '#shared/contract/field-errors.ts';
import { Problem } from '#shared/platform/problem.ts';

/** Parses a value from outside. Throws `invalid_input` with every wrong field. */
export function parse<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): z.output<Schema> {
  const { success, data, error } = z.safeParse(schema, value);
  if (success) return data;
  throw new Problem('invalid_input', { errors: fieldErrorsOf(error) });
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem('malformed_json', { cause });
  }
}
