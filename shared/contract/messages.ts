import * as z from 'zod/mini';
import { defineEndpoint, type Limit } from './endpoint.ts';
import { clientId, content, highestSeq, id, queryNumber, time } from './fields.ts';
import { role } from './groups.ts';

/** The author of the assistant's messages: a `userId` that no user has. */
export const assistantId = 'assistant';

export const messageMetadata = z.object({
  meetUrl: z.optional(z.string()),
  suggestMeet: z.optional(z.boolean()).check(z.describe('The assistant suggests a meeting.')),
  question: z.optional(z.string()).check(z.describe('In an answer: the question.')),
  askedBy: z.optional(id).check(z.describe('In an answer: the user who asked.')),
  event: z
    .optional(z.enum(['created', 'joined', 'added', 'left', 'removed', 'renamed', 'role_changed', 'meeting']))
    .check(z.describe('What a system message reports, for clients that word it themselves.')),
  memberIds: z
    .optional(z.array(id))
    .check(z.describe('The users that it was done to; in "left", the new owner of the group if there is one.')),
  name: z.optional(z.string()).check(z.describe('In "renamed": the new name.')),
  role: z.optional(role).check(z.describe('In "role_changed": the new role.')),
});

/** A message as every reader sees it: in REST answers and as a frame on the socket. */
export const message = z.object({
  id,
  chatId: id,
  userId: id.check(z.describe('The author; in a system message, the user who did it; "assistant" for the assistant.')),
  userName: z.string(),
  content: z.string(),
  type: z.enum(['text', 'ai', 'system']),
  createdAt: time,
  seq: z
    .int()
    .check(z.describe('The message’s place in its chat: 1, 2, 3... A gap in the numbers may be a missed message.')),
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
      limit: z._default(queryNumber(1, 100), 100).check(z.describe('The most messages to return.')),
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

/** Of a participant in a chat, for REST requests and frames together. */
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
