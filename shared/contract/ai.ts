import * as z from 'zod/mini';
import { defineEndpoint, minutes } from './endpoint.ts';
import { id, text, time } from './fields.ts';
import { messageResponse } from './messages.ts';

const problemsOfAssistant = [
  'assistant_not_configured',
  'assistant_budget_spent',
  'assistant_busy',
  'assistant_failed',
  'assistant_timeout',
  'too_many_requests',
] as const;

export const suggestion = z.object({
  id,
  chatId: id,
  userId: id,
  content: z.string(),
  type: z.literal('ai'),
  createdAt: time,
});

export const askAssistant = defineEndpoint({
  name: 'ai/ask-assistant',
  method: 'POST',
  path: '/ai/ask',
  access: 'session',
  limits: [{ per: 'user', allow: 20, within: minutes(1) }],
  summary: 'Ask the assistant about a chat; everyone in it gets the answer',
  body: z.object({ chatId: id, question: text(1, 2000) }),
  response: messageResponse,
  example: { body: { chatId: 'chat-id', question: 'User question' } },
  problems: ['not_a_participant', 'blocked', ...problemsOfAssistant],
});

export const listSuggestions = defineEndpoint({
  name: 'ai/list-suggestions',
  method: 'GET',
  path: '/ai/suggestions',
  access: 'session',
  limits: [{ per: 'user', allow: 60, within: minutes(1) }],
  summary: 'Suggest what to say or do next in a chat: three things at most',
  query: z.object({ chatId: id }),
  response: z.object({ suggestions: z.array(suggestion) }),
  example: { query: { chatId: 'chat-id' } },
  problems: ['not_a_participant', ...problemsOfAssistant],
});
