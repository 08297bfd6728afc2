import * as z from 'zod/mini';
import { fieldErrorsOf } from '#shared/contract/field-errors.ts';
import { Problem } from '#shared/platform/problem.ts';

/** Parses a value from outside. Throws `invalid_input` with every wrong field. */
export function parse<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): z.output<Schema> {
  const { success, data, error } = z.safeParse(schema, value);
  if (success) return data;
  throw new Problem('invalid_input', { errors: fieldErrorsOf(error) });
}

/**
 * Parses a body or a frame; throws `malformed_json`. Drops a byte order mark, which editors and .NET write in front. Fields
 * that are null are left out: many clients write null for what is not set.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''), withoutNull);
  } catch (cause) {
    throw new Problem('malformed_json', { cause });
  }
}

/** A null in a list stays: without it the items after it would move. */
function withoutNull(this: unknown, _key: string, value: unknown): unknown {
  return value === null && !Array.isArray(this) ? undefined : value;
}
