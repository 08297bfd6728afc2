import * as z from 'zod/mini';
import { defineEndpoint, type Limit } from './endpoint.ts';
import { clientId, content, highestSeq, id, queryNumber, time } from './fields.ts';
import { role } from './groups.ts';

const event = z.enum(['created', 'joined', 'added', 'left', 'removed', 'renamed', 'role_changed', 'meeting']);

/** Who writes the assistant's messages: the one `userId` that no user has. */
export const assistantId = 'assistant';

/** A message as every reader sees it: in REST answers and as a frame on the socket. */
export const message = z.object({
  id,
  chatId: id,
  /** The author; of a system message, who did it. */
  userId: id,
  userName: z.string(),
  content: z.string(),
  type: z.enum(['text', 'ai', 'system']),
  createdAt: time,
  /** The message's place in its chat: 1, 2, 3... A hole in the numbers may be a message that was missed. */
  seq: z.int(),
  /** As the author's client chose it. */
  clientId: z.optional(clientId),
  metadata: z.optional(
    z.object({
      meetUrl: z.optional(z.string()),
      suggestMeet: z.optional(z.boolean()),
      /** Of an answer: what the assistant was asked, and by whom. */
      question: z.optional(z.string()),
      askedBy: z.optional(id),
      /** What a system message tells, for clients that word it themselves. */
      event: z.optional(event),
      /** To whom it was done; of 'left', who owns the group now if that changed. */
      memberIds: z.optional(z.array(id)),
      /** Of 'renamed'. */
      name: z.optional(z.string()),
      /** Of 'role_changed'. */
      role: z.optional(role),
    }),
  ),
});

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
      limit: z._default(queryNumber(1, 100), 100),
      after: z.optional(seqFrom(0)),
      before: z.optional(seqFrom(1)),
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
  response: z.object({ message }),
  example: { body: { content: 'Message text', clientId: 'client-id' } },
  problems: ['not_a_participant', 'blocked', 'client_id_reused', 'too_many_requests'],
});
