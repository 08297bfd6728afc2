import * as z from 'zod/mini';
import { messageResponse } from '../chats/message.ts';
import { defineEndpoint, minutes } from '../endpoint.ts';
import { clientId, id, question } from '../fields/index.ts';
import { problemsOfAssistant } from './problems.ts';

export const askAssistant = defineEndpoint({
  name: 'ai/ask-assistant',
  method: 'POST',
  path: '/ai/ask',
  access: 'session',
  feature: 'assistant',
  limits: [{ per: 'user', allow: 20, within: minutes(1) }],
  summary: 'Ask the assistant about a chat; all participants get the answer',
  body: z.object({
    chatId: id,
    question,
    clientId: z.optional(clientId).check(z.describe('With it, a repeated question gets the same answer.')),
  }),
  response: messageResponse,
  example: { body: { chatId: 'chat-id', question: 'User question', clientId: 'client-id' } },
  problems: [
    'chat_locked',
    'not_a_participant',
    'blocked',
    'posting_restricted',
    'client_id_reused',
    'question_under_way',
    ...problemsOfAssistant,
  ],
});
