import * as z from 'zod/mini';

/** Names the table that the numbers come from; it changes when a backup is restored. */
export const epoch = z.string().check(z.minLength(1), z.maxLength(16));
