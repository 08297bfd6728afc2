import * as z from 'zod/mini';

/** The answer of an endpoint that has nothing to return. */
export const success = z.object({ success: z.literal(true) });

export const succeeded = { success: true } as const;
