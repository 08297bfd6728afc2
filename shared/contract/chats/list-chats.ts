import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { chat } from './chat.ts';

export const listChats = defineEndpoint({
  name: 'chats/list-chats',
  method: 'GET',
  path: '/chats',
  access: 'user',
  summary:
    'List my chats, newest message first; of more than an answer holds (some 120 full groups) the ones joined first',
  response: z.object({ chats: z.array(chat) }),
  problems: [],
});
