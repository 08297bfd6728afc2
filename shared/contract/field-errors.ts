import * as z from 'zod/mini';
import type { FieldError, FieldRule } from './problem.ts';

const missing = 'is missing';
const types: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};
const units: Record<string, string> = { string: 'character', array: 'item' };

function amount(count: number | bigint, unit: string | undefined): string {
  return unit ? `${count} ${unit}${count === 1 ? '' : 's'}` : String(count);
}

/**
 * What is wrong with a field, when its schema has no text of its own. Not zod's English locale, because our messages follow
 * a field's name ("email is missing") and say what to send.
 */
function describe(issue: z.core.$ZodRawIssue): string {
  const { code, input } = issue;
  if (input === undefined) return missing;
  if (code === 'invalid_type') return `must be ${types[issue.expected] ?? issue.expected}`;
  if (code === 'invalid_value') return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
  if (code !== 'too_small' && code !== 'too_big') return 'has a wrong value';
  const unit = units[issue.origin];
  const bound =
    code === 'too_small' ? `at least ${amount(issue.minimum, unit)}` : `at most ${amount(issue.maximum, unit)}`;
  return `must ${unit ? 'have' : 'be'} ${bound}`;
}
z.config({ localeError: describe });

/** The wrong fields of a refused value, as `invalid_input` lists them. */
export const fieldErrorsOf = ({ issues }: z.core.$ZodError): FieldError[] =>
  issues.flatMap(nearest).map((issue) => ({ path: issue.path.join('.'), message: issue.message, ...ruleOf(issue) }));

const ofSize: Record<string, { too_small: FieldRule; too_big: FieldRule }> = {
  string: { too_small: 'too_short', too_big: 'too_long' },
  array: { too_small: 'too_few_items', too_big: 'too_many_items' },
};
const ofNumber = { too_small: 'too_small', too_big: 'too_large' } as const;

function ruleOf(issue: z.core.$ZodIssue): Pick<FieldError, 'rule' | 'limit'> {
  if (issue.message === missing) return { rule: 'missing' };
  if (issue.code === 'custom') return { rule: issue.params?.rule ?? 'not_allowed_value', ...limitOf(issue.params) };
  if (issue.code === 'invalid_type') return { rule: 'wrong_type' };
  if (issue.code !== 'too_small' && issue.code !== 'too_big') return { rule: 'not_allowed_value' };
  const bound = issue.code === 'too_small' ? issue.minimum : issue.maximum;
  return { rule: (ofSize[issue.origin] ?? ofNumber)[issue.code], limit: Number(bound) };
}

const limitOf = ({ limit }: { limit?: number } = {}) => (limit === undefined ? {} : { limit });

/** The issues of a union's closest member: the one that lacks the fewest fields, then the one with the fewest issues. */
function nearest(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const lacks = (issues: z.core.$ZodIssue[]) => issues.filter(({ message }) => message === missing).length;
  const [closest] = issue.errors.toReversed().sort((a, b) => lacks(a) - lacks(b) || a.length - b.length);
  return closest?.length ? closest : [issue];
}
