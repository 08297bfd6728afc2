import * as z from 'zod/mini';

/** A statement of a role's policy. `*` in a resource stands for anything. */
export interface Statement {
  actions: string[];
  resources: string[];
}

/** An IAM policy as the template contains it. */
export const policy = z.object({ PolicyDocument: z.object({ Statement: z.array(z.unknown()) }) });

const oneOrMore = z.union([z.string(), z.array(z.string())]);
const allowStatement = z.strictObject({ Effect: z.literal('Allow'), Action: oneOrMore, Resource: oneOrMore });

/**
 * What these policies allow. Throws on anything else, such as a denial or a condition: ignoring it would allow something
 * here that AWS refuses.
 */
export function statementsOf(policies: z.output<typeof policy>[]): Statement[] {
  return policies
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .map((statement) => {
      const parsed = z.safeParse(allowStatement, statement);
      if (!parsed.success)
        throw new Error(
          `The runner evaluates only policy statements with "Effect": "Allow", "Action" and "Resource", not ${JSON.stringify(statement)}.`,
        );
      return { actions: [parsed.data.Action].flat(), resources: [parsed.data.Resource].flat() };
    });
}

/** Whether a resource of a statement stands for this one. It matches as IAM does: `*` stands for anything. */
export function covers(pattern: string, resource: string): boolean {
  const literal = pattern.split('*').map((part) => part.replace(/[.?+^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`).test(resource);
}
