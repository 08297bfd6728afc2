import * as z from 'zod/mini';
import { message } from '../chats/message.ts';
import { inChat } from '../chats/path.ts';
import { defineEndpoint, minutes } from '../endpoint.ts';
import { epoch, highestSeq, queryNumber } from '../fields/index.ts';
import { changeCursor } from './change-cursor.ts';

export const listChanges = defineEndpoint({
  name: 'messages/list-changes',
  method: 'GET',
  path: '/chats/{chatId}/changes',
  access: 'user',
  limits: [{ per: 'user', allow: 120, within: minutes(1) }],
  summary:
    'List the messages that were edited, deleted, pinned or reacted to after a cursor, each once and as it is now',
  params: inChat,
  query: z.object({
    after: queryNumber(0, highestSeq).check(z.describe('The cursor: `rev` of an earlier answer, or `next`.')),
    limit: z._default(queryNumber(1, 100), 100).check(z.describe('The maximum number of messages to return.')),
    epoch: z.optional(epoch).check(z.describe('The `epoch` that came with the cursor.')),
  }),
  response: z.object({
    messages: z.array(message),
    ...changeCursor,
    more: z.optional(z.literal(true)).check(z.describe('There are more changes: `next` says after which.')),
    epoch: z.string(),
  }),
  example: { query: { after: '0' } },
  problems: ['not_a_participant', 'too_many_requests'],
});
