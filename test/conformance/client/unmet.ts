import type * as z from 'zod';

/** A requirement that the server does not meet. Any other error is a mistake in the suite. */
export class Unmet extends Error {
  readonly what: string;
  readonly expected: string;
  readonly came: string;

  constructor(what: string, expected: string, came: unknown) {
    const shown = typeof came === 'string' ? came : brief(came);
    super(`${what}: expected ${expected}, but got ${shown}`);
    this.what = what;
    this.expected = expected;
    this.came = shown;
  }
}

/** A requirement that can't be checked here. */
export class Skipped extends Error {}

/** JSON on one line, with tokens shortened. */
export function brief(value: unknown): string {
  const text = JSON.stringify(value)?.replace(/eyJ[\w.-]+/g, 'eyJ...') ?? 'nothing';
  return text.length > 300 ? `${text.slice(0, 300)}...` : text;
}

export function same<T>(what: string, actual: T, expected: T): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) throw new Unmet(what, brief(expected), actual);
}

export function holds(what: string, condition: boolean, expected: string, came: unknown): void {
  if (!condition) throw new Unmet(what, expected, came);
}

/** The value with its type. */
export function parse<Schema extends z.ZodType>(what: string, schema: Schema, value: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const reasons = error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`);
  throw new Unmet(what, `its fields to be right (${reasons.slice(0, 3).join('; ')})`, value);
}
