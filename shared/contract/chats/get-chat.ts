import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { chat } from './chat.ts';
import { inChat } from './path.ts';

export const getChat = defineEndpoint({
  name: 'chats/get-chat',
  method: 'GET',
  path: '/chats/{chatId}',
  access: 'user',
  summary: 'Get one of my chats as the list shows it, also one that I have removed from the list',
  params: inChat,
  response: z.object({ chat }),
  problems: ['not_a_participant'],
});
