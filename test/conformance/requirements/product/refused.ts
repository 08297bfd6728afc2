import * as z from 'zod';
import type { ProblemCode } from '#shared/contract/problems.ts';
import type { Person } from '../../client/person.ts';
import { parse, same } from '../../client/unmet.ts';

const fieldError = z.looseObject({ path: z.string(), message: z.string(), rule: z.string() });

const problem = z.looseObject({
  type: z.string(),
  title: z.string().min(1),
  status: z.int(),
  code: z.string(),
  requestId: z.string().min(1),
  errors: z.array(fieldError).optional(),
});

/** Sends a request that must be refused with this status and code, and returns the problem. */
export async function refused(
  person: Person,
  [status, code]: [number, ProblemCode],
  line: string,
  more: Parameters<Person['send']>[1] = {},
): Promise<z.output<typeof problem> & { headers: Record<string, string> }> {
  const { headers, body, ...answer } = await person.refused(line, more);
  const { status: inBody, ...found } = parse(`the refusal of ${line}`, problem, body);
  same(
    `the refusal of ${line}`,
    [answer.status, inBody, found.code, headers['content-type']?.split(';')[0]],
    [status, status, code, 'application/problem+json'],
  );
  return { ...found, status: inBody, headers };
}
