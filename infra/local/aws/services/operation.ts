import * as z from 'zod/mini';
import type { Permission } from '../iam/roles.ts';

/** One operation of an AWS service: given its input, the permission that the caller needs and what the call does. */
export type Operation = (input: unknown) => { permission: Permission; run: () => object };

/** The schema contains the fields that the functions send. */
export function operation<Schema extends z.ZodMiniType>(
  schema: Schema,
  permission: (input: z.output<Schema>) => Permission,
  run: (input: z.output<Schema>) => object,
): Operation {
  return (input) => {
    const parsed = z.parse(schema, input);
    return { permission: permission(parsed), run: () => run(parsed) };
  };
}

/** An error that the functions' SDK clients know by its name, such as "ResourceNotFoundException". */
export class AwsError extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
