import * as z from 'zod/mini';
import { defineEndpoint, minutes } from '../endpoint.ts';
import { highestSeq, id, queryNumber, text } from '../fields/index.ts';
import { rule } from '../fields/rules.ts';
import { message } from './message.ts';
import { inChat } from './path.ts';

const searchable = rule(
  'no_word',
  (query) => /[\p{L}\p{N}\p{S}]/u.test(query.normalize('NFKC')),
  'must contain a letter, a digit or a symbol',
);

export const searchMessages = defineEndpoint({
  name: 'chats/search-messages',
  method: 'GET',
  path: '/chats/{chatId}/search',
  access: 'user',
  limits: [{ per: 'user', allow: 20, within: minutes(1) }],
  summary: 'Find the messages with all of these words, newest first',
  params: inChat,
  query: z.object({
    q: text(1, 100).check(
      searchable,
      z.describe(
        'The words, separated by white space: a message must contain all of them. Case makes no difference. A part of a word is enough; a Russian word is also found in its other forms.',
      ),
    ),
    from: z.optional(id).check(z.describe('Only messages of this author: a user, or "assistant".')),
    before: z
      .optional(queryNumber(1, highestSeq))
      .check(z.describe('Only messages before this number. Send `searchedTo` to go on.')),
    limit: z._default(queryNumber(1, 50), 20).check(z.describe('The maximum number of messages to return.')),
  }),
  response: z.object({
    messages: z.array(message).check(z.describe('Newest first. May be empty while `searchedTo` is there.')),
    searchedTo: z
      .optional(z.int())
      .check(
        z.describe(
          'There are older messages, which were not searched: send this as `before` to go on. A request searches at most 10,000 messages.',
        ),
      ),
  }),
  needsCore: true,
  example: { query: { q: 'lake' } },
  problems: ['not_a_participant', 'too_many_requests'],
});
