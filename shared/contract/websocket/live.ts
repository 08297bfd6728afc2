import * as z from 'zod/mini';
import { message } from '../chats/message.ts';
import { id } from '../fields/index.ts';

/**
 * Live frame, sent to connections with `events=1`: a participant has read up to a message. Others are told only in chats of up
 * to 20 participants, the reader’s own inboxes in any.
 */
export const readFrame = z.object({ type: z.literal('read'), chatId: id, userId: id, seq: z.int() });

/** Live frame, sent to connections with `events=1`: a participant is writing. Only in small chats. */
export const userTypingFrame = z.object({ type: z.literal('typing'), chatId: id, userId: id });

/** Live frame, sent to connections with `events=1`: the next part of an answer that the assistant is writing. */
export const aiDeltaFrame = z.object({
  type: z.literal('ai.delta'),
  chatId: id,
  messageId: id.check(z.describe('The id that the answer will have as a message.')),
  delta: z.string(),
});

/**
 * A message has changed: it was edited, deleted or pinned, or somebody reacted. Live to connections with `events=1`, and
 * without `rev` in the answer to `sync`.
 */
export const changedFrame = z.object({
  type: z.literal('changed'),
  chatId: id,
  rev: z.optional(z.int()).check(z.describe('The number of the change in its chat, only live.')),
  message,
});
