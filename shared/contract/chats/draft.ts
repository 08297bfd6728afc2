import * as z from 'zod/mini';
import { clientId, content } from '../fields/index.ts';

/** What a client sends, over REST as the body and over the socket as a frame. */
export const draft = z.object({ content, clientId: z.optional(clientId) });

export type Draft = z.output<typeof draft>;
