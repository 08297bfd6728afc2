import * as z from 'zod/mini';

/** A field of another server's answer that may be missing, null or something else: then it counts as missing. */
export const maybe = <T extends z.ZodMiniType>(type: T) => z.catch(z.optional(type), undefined);
