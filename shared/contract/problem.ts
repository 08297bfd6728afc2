import * as z from 'zod/mini';

/**
 * What a field breaks, for clients that show their own text. Names never change, but new ones may be added. Those of users
 * who can't be added to a group are the problem's code.
 */
export const fieldRules = [
  'missing',
  'wrong_type',
  'not_allowed_value',
  'too_short',
  'too_long',
  'too_many_bytes',
  'too_small',
  'too_large',
  'too_few_items',
  'too_many_items',
  'nothing_given',
  'not_together',
  'email',
  'email_local_part',
  'phone',
  'code',
  'invite_code',
  'emoji',
  'invisible',
  'no_word',
  'line_breaks',
  'reserved_name',
  'combining_marks',
  'malformed_text',
  'unknown_participants',
  'blocked',
  'not_addable',
  'too_many_requests',
  'unknown_file',
  'not_uploaded',
  'wrong_size',
  'wrong_content',
  'wrong_purpose',
  'already_used',
] as const;

export type FieldRule = (typeof fieldRules)[number];

export const fieldError = z.object({
  path: z.string().check(z.describe('The path of the field, such as "participantIds.3"; empty for the whole body.')),
  message: z.string().check(z.describe('A text for people, which follows the name of the field.')),
  rule: z.enum(fieldRules).check(z.describe('What the field breaks, for clients that show their own text.')),
  limit: z
    .optional(z.number())
    .check(z.describe('The bound that a length, a number or a list exceeds or falls short of.')),
});

export type FieldError = z.output<typeof fieldError>;

/** The body of every REST answer that is not 200. */
export const problem = z.object({
  type: z.string().check(z.describe('Always "about:blank": look at `code`.')),
  title: z.string().check(z.describe('What is wrong and what to do. Written for people.')),
  status: z.int(),
  code: z.string().check(z.describe('What clients test for. Codes never change, but new ones may be added.')),
  detail: z.optional(z.string()).check(z.describe('Details beyond the title.')),
  requestId: z.string().check(z.describe('Finds the request in the log; also in the header x-request-id.')),
  errors: z
    .optional(z.array(fieldError))
    .check(
      z.describe(
        'With `invalid_input`, the wrong fields. When users can’t be added to a group, their ids; with `file_refused`, the files.',
      ),
    ),
});
