import * as z from 'zod/mini';
import { defineEndpoint, minutes } from '../endpoint.ts';
import { id, time } from '../fields/index.ts';
import { problemsOfAssistant } from './problems.ts';

export const suggestion = z.object({
  id,
  chatId: id,
  userId: id,
  content: z.string(),
  type: z.literal('ai'),
  createdAt: time,
});

export const listSuggestions = defineEndpoint({
  name: 'ai/list-suggestions',
  method: 'GET',
  path: '/ai/suggestions',
  access: 'session',
  feature: 'assistant',
  limits: [{ per: 'user', allow: 60, within: minutes(1) }],
  summary: 'Suggest what to say or do next in a chat, three things at most',
  query: z.object({ chatId: id }),
  response: z.object({ suggestions: z.array(suggestion) }),
  example: { query: { chatId: 'chat-id' } },
  problems: ['not_a_participant', ...problemsOfAssistant],
});
