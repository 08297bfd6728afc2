import * as z from 'zod/mini';
import { clientId, id, time } from '../fields/index.ts';
import { attachment } from '../files/attachment.ts';
import { posting } from '../groups/posting.ts';
import { role } from '../groups/role.ts';

export const messageMetadata = z.object({
  meetUrl: z.optional(z.string()),
  suggestMeet: z.optional(z.boolean()).check(z.describe('The assistant suggests a meeting.')),
  question: z.optional(z.string()).check(z.describe('In an answer: the question.')),
  askedBy: z.optional(id).check(z.describe('In an answer: the user who asked.')),
  event: z
    .optional(
      z.enum([
        'created',
        'joined',
        'added',
        'left',
        'removed',
        'renamed',
        'role_changed',
        'posting_changed',
        'picture_changed',
        'meeting',
        'announced',
        'locked',
        'unlocked',
      ]),
    )
    .check(z.describe('What a system message reports, for clients that show their own text.')),
  memberIds: z
    .optional(z.array(id))
    .check(z.describe('The affected users; in "left", the new owner of the group if there is one.')),
  memberNames: z.optional(z.array(z.string())).check(z.describe('Their names, in the order of `memberIds`.')),
  deletedMemberIds: z.optional(z.array(id)).check(z.describe('Those of `memberIds` whose accounts are gone.')),
  name: z.optional(z.string()).check(z.describe('In "renamed": the new name.')),
  text: z.optional(z.string()).check(z.describe('In "announced": what the operator has to say.')),
  role: z.optional(role).check(z.describe('In "role_changed": the new role.')),
  posting: z
    .optional(posting)
    .check(z.describe('In "posting_changed": who may write from now on. Absent if that has not changed.')),
  placeholder: z
    .optional(z.enum(['photo', 'video', 'voice', 'audio', 'file']))
    .check(z.describe('The message has files and no text: `content` only says of what kind the first one is.')),
  slowModeSeconds: z
    .optional(z.int())
    .check(
      z.describe('In "posting_changed": how long members wait between two messages. Absent if that has not changed.'),
    ),
});

/** A message that another one replies to, in its current state. At most 600 bytes of JSON. */
export const quote = z.object({
  messageId: id,
  seq: z.int(),
  version: z.int().check(z.describe('The version of this state: 0 until the first change.')),
  userId: id,
  userName: z.string(),
  content: z.string().check(z.describe('The beginning of the text.')),
  type: z.enum(['text', 'ai', 'system']),
  deletedAt: z.optional(time),
});

/** The people who reacted with one emoji. */
export const reaction = z.object({
  emoji: z.string(),
  count: z.int(),
  userIds: z.array(id).check(z.describe('In the order in which they reacted; on a message the first 20.')),
});

/** A message as all participants see it: in REST answers and as a frame on the socket. */
export const message = z.object({
  id,
  chatId: id,
  userId: id.check(
    z.describe(
      'The author; in a system message, the user who did it; "assistant" for the assistant, "operator" for the operator.',
    ),
  ),
  userName: z.string(),
  userDeleted: z
    .optional(z.literal(true))
    .check(z.describe('The author’s account is gone; `userName` says so in the stage’s language.')),
  content: z.string(),
  type: z.enum(['text', 'ai', 'system']),
  createdAt: time,
  seq: z
    .int()
    .check(z.describe('The message’s place in its chat: 1, 2, 3... A gap in the numbers may mean a missed message.')),
  clientId: z.optional(clientId),
  metadata: z.optional(messageMetadata),
  version: z
    .optional(z.int())
    .check(z.describe('Counts the changes of a message: keep the state with the higher one. Absent before the first.')),
  editedAt: z.optional(time),
  deletedAt: z
    .optional(time)
    .check(z.describe('The message was deleted; `content` says so in the stage’s language. Nothing brings it back.')),
  deletedBy: z.optional(id).check(z.describe('The user who deleted it, or "operator".')),
  reason: z.optional(z.string()).check(z.describe('Why it was deleted, if that was given.')),
  replyTo: z.optional(quote),
  attachments: z.optional(z.array(attachment)).check(z.describe('The message’s files, at most 10.')),
  mentions: z.optional(z.array(id)).check(z.describe('The participants that the text mentions.')),
  everyone: z.optional(z.literal(true)).check(z.describe('The message mentions all participants.')),
  reactions: z.optional(z.array(reaction)).check(z.describe('In the order in which the emojis were first used.')),
  pinned: z.optional(z.literal(true)),
});

export const messageResponse = z.object({ message });

export type Message = z.output<typeof message>;
export type Quote = z.output<typeof quote>;
export type Reaction = z.output<typeof reaction>;
