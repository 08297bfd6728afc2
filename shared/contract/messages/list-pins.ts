import * as z from 'zod/mini';
import { message } from '../chats/message.ts';
import { inChat } from '../chats/path.ts';
import { defineEndpoint, minutes } from '../endpoint.ts';

export const listPins = defineEndpoint({
  name: 'messages/list-pins',
  method: 'GET',
  path: '/chats/{chatId}/pins',
  access: 'user',
  limits: [{ per: 'user', allow: 120, within: minutes(1) }],
  summary: 'List the pinned messages, the one pinned last first',
  params: inChat,
  response: z.object({ messages: z.array(message) }),
  problems: ['not_a_participant', 'too_many_requests'],
});
