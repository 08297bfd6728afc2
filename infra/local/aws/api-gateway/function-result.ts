import * as z from 'zod/mini';

/** What a function returns to API Gateway. */
export const functionResult = z.object({
  statusCode: z.optional(z.number()),
  headers: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
  cookies: z.optional(z.array(z.string())),
  body: z.optional(z.string()),
  isBase64Encoded: z.optional(z.boolean()),
});

export type FunctionResult = z.output<typeof functionResult>;
