import * as z from 'zod/mini';
import { clientId, content } from '../fields/index.ts';

/** What a client sends: the body over REST, a frame over the socket. */
export const draft = z.object({ content, clientId: z.optional(clientId) });

export type Draft = z.output<typeof draft>;
