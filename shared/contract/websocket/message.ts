import * as z from 'zod/mini';
import { draft } from '../chats/draft.ts';

/** Client to server; answered by the stored message to every connection of the chat. */
export const messageFrame = z.extend(draft, { type: z.literal('message') });
