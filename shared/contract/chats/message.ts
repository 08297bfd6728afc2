import * as z from 'zod/mini';
import { clientId, id, time } from '../fields/index.ts';
import { role } from '../groups/role.ts';

export const messageMetadata = z.object({
  meetUrl: z.optional(z.string()),
  suggestMeet: z.optional(z.boolean()).check(z.describe('The assistant suggests a meeting.')),
  question: z.optional(z.string()).check(z.describe('In an answer: the question.')),
  askedBy: z.optional(id).check(z.describe('In an answer: the user who asked.')),
  event: z
    .optional(z.enum(['created', 'joined', 'added', 'left', 'removed', 'renamed', 'role_changed', 'meeting']))
    .check(z.describe('What a system message reports, for clients that show their own text.')),
  memberIds: z
    .optional(z.array(id))
    .check(z.describe('The affected users; in "left", the new owner of the group if there is one.')),
  memberNames: z.optional(z.array(z.string())).check(z.describe('The names of those users, in the same order.')),
  deletedMemberIds: z.optional(z.array(id)).check(z.describe('Those of these users whose accounts are gone.')),
  name: z.optional(z.string()).check(z.describe('In "renamed": the new name.')),
  role: z.optional(role).check(z.describe('In "role_changed": the new role.')),
});

/** A message as all participants see it: in REST answers and as a frame on the socket. */
export const message = z.object({
  id,
  chatId: id,
  userId: id.check(z.describe('The author; in a system message, the user who did it; "assistant" for the assistant.')),
  userName: z.string(),
  userDeleted: z.optional(z.literal(true)).check(z.describe('The author’s account is gone.')),
  content: z.string(),
  type: z.enum(['text', 'ai', 'system']),
  createdAt: time,
  seq: z
    .int()
    .check(z.describe('The message’s place in its chat: 1, 2, 3... A gap in the numbers may mean a missed message.')),
  clientId: z.optional(clientId),
  metadata: z.optional(messageMetadata),
});

export const messageResponse = z.object({ message });

export type Message = z.output<typeof message>;
