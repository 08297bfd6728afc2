import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { chat } from './chat.ts';

export const listChats = defineEndpoint({
  name: 'chats/list-chats',
  method: 'GET',
  path: '/chats',
  access: 'user',
  summary:
    'List my chats, newest message first; if they exceed one answer (about 120 full groups), only those I joined earliest',
  response: z.object({ chats: z.array(chat) }),
  problems: [],
});
