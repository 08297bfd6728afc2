import * as z from 'zod/mini';
import { id } from '../fields/index.ts';

/** Server to client, for those who asked for events: a participant has read up to a message. */
export const readFrame = z.object({ type: z.literal('read'), chatId: id, userId: id, seq: z.int() });

/** Server to client, for those who asked for events: more of an answer that the assistant is still writing. */
export const aiDeltaFrame = z.object({
  type: z.literal('ai.delta'),
  chatId: id,
  messageId: id.check(z.describe('The id that the answer will have as a message.')),
  delta: z.string(),
});
