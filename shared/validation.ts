import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { Problem } from './problem.ts';

/** zod/mini has no messages of its own: every one would be "Invalid input". */
z.config(en());

/** Parses a value from outside. Throws `invalid_input` with every wrong field. */
export function parse<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap(nearest).map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new Problem('invalid_input', { errors });
}

/** The issues of a union's closest member: the one with the fewest issues, the last among equals. */
function nearest(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const [closest] = issue.errors.toReversed().sort((a, b) => a.length - b.length);
  return closest?.length ? closest : [issue];
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem('malformed_json', { cause });
  }
}
