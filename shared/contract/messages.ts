import * as z from 'zod/mini';
import { defineEndpoint, type Limit } from './endpoint.ts';
import { clientId, content, highestSeq, id, queryNumber, time } from './fields.ts';
import { role } from './groups.ts';

/** Who writes the assistant's messages: the one `userId` that no user has. */
export const assistantId = 'assistant';

export const messageMetadata = z.object({
  meetUrl: z.optional(z.string()),
  suggestMeet: z.optional(z.boolean()).check(z.describe('The assistant recommends to meet.')),
  question: z.optional(z.string()).check(z.describe('Of an answer: what the assistant was asked.')),
  askedBy: z.optional(id).check(z.describe('Of an answer: by whom.')),
  event: z
    .optional(z.enum(['created', 'joined', 'added', 'left', 'removed', 'renamed', 'role_changed', 'meeting']))
    .check(z.describe('What a system message tells, for clients that word it themselves.')),
  memberIds: z
    .optional(z.array(id))
    .check(z.describe('To whom it was done; of "left", who owns the group now if that changed.')),
  name: z.optional(z.string()).check(z.describe('Of "renamed": the new name.')),
  role: z.optional(role).check(z.describe('Of "role_changed": the new role.')),
});

/** A message as every reader sees it: in REST answers and as a frame on the socket. */
export const message = z.object({
  id,
  chatId: id,
  userId: id.check(z.describe('The author; of a system message, who did it; "assistant" of the assistant’s.')),
  userName: z.string(),
  content: z.string(),
  type: z.enum(['text', 'ai', 'system']),
  createdAt: time,
  seq: z
    .int()
    .check(
      z.describe('The message’s place in its chat: 1, 2, 3... A hole in the numbers may be a message that was missed.'),
    ),
  clientId: z.optional(clientId),
  metadata: z.optional(messageMetadata),
});

export const messageResponse = z.object({ message });

export type Message = z.output<typeof message>;

const inChat = z.object({ chatId: id });
const seqFrom = (least: number) => queryNumber(least, highestSeq);

export const listMessages = defineEndpoint({
  name: 'chats/list-messages',
  method: 'GET',
  path: '/chats/{chatId}/messages',
  access: 'user',
  summary: 'Read a page of messages, oldest first: the newest page, or the one after or before a number',
  params: inChat,
  query: z
    .object({
      limit: z._default(queryNumber(1, 100), 100).check(z.describe('How many messages at most.')),
      after: z.optional(seqFrom(0)).check(z.describe('The page after this number.')),
      before: z.optional(seqFrom(1)).check(z.describe('The page before this number; not together with `after`.')),
    })
    .check(
      z.refine(({ after, before }) => after === undefined || before === undefined, {
        error: 'give after or before, not both',
      }),
    ),
  response: z.object({ messages: z.array(message) }),
  problems: ['not_a_participant'],
});

/** What a client sends, over REST as the body and over the socket as a frame. */
export const draft = z.object({ content, clientId: z.optional(clientId) });

export type Draft = z.output<typeof draft>;

/** Over REST in one chat, and over each socket. */
export const sending = { per: 'participant', allow: 10, within: 2 } as const satisfies Limit;

export const sendMessage = defineEndpoint({
  name: 'chats/send-message',
  method: 'POST',
  path: '/chats/{chatId}/messages',
  access: 'user',
  limits: [sending],
  summary: 'Send a message',
  params: inChat,
  body: draft,
  response: messageResponse,
  example: { body: { content: 'Message text', clientId: 'client-id' } },
  problems: ['not_a_participant', 'blocked', 'client_id_reused', 'too_many_requests'],
});
