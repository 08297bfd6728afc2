import * as z from 'zod/mini';
import { caption, clientId, content, id } from '../fields/index.ts';

/** Whom a text mentions. Clients say so by id: the text is not searched for names. */
export const mentioning = {
  mentions: z
    .optional(z.array(id).check(z.maxLength(20)))
    .check(z.describe('The ids of the participants that the text mentions. Others are left out.')),
  everyone: z
    .optional(z.boolean())
    .check(z.describe('Mentions all participants: for the owner and admins, and in chats of up to 50 for everybody.')),
};

export const draftFields = z.object({
  content: z.optional(caption).check(z.describe('May be empty or absent beside files, otherwise not.')),
  clientId: z.optional(clientId),
  replyToId: z.optional(id).check(z.describe('The id of the message that this one replies to.')),
  fileIds: z
    .optional(z.array(id).check(z.maxLength(10)))
    .check(z.describe('Uploaded files with the purpose "message", in the order in which they are shown.')),
  ...mentioning,
});

/** Without files there must be a text. */
export const textOrFiles = z.check<{ content?: string | undefined; fileIds?: string[] | undefined }>((context) => {
  const { content: given, fileIds = [] } = context.value;
  const { error } = z.safeParse(content, given);
  if (fileIds.length > 0 || !error) return;
  for (const issue of error.issues)
    context.issues.push({ ...issue, input: given, path: ['content'] } as z.core.$ZodRawIssue);
});

/** What a client sends: the body over REST, a frame over the socket. */
export const draft = draftFields.check(textOrFiles);

export type Draft = z.output<typeof draft>;
