import * as z from 'zod/mini';
import { clientId, content, id } from '../fields/index.ts';

/** Whom a text mentions. Clients say so by id: the text is not searched for names. */
export const mentioning = {
  mentions: z
    .optional(z.array(id).check(z.maxLength(20)))
    .check(z.describe('The ids of the participants that the text mentions. Others are left out.')),
  everyone: z
    .optional(z.boolean())
    .check(z.describe('Mentions all participants: for the owner and admins, and in chats of up to 50 for everybody.')),
};

/** What a client sends: the body over REST, a frame over the socket. */
export const draft = z.object({
  content,
  clientId: z.optional(clientId),
  replyToId: z.optional(id).check(z.describe('The id of the message that this one replies to.')),
  ...mentioning,
});

export type Draft = z.output<typeof draft>;
