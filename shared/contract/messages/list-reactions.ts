import * as z from 'zod/mini';
import { reaction } from '../chats/message.ts';
import { defineEndpoint } from '../endpoint.ts';
import { largePages } from '../large-pages.ts';
import { ofMessage } from './path.ts';

export const listReactions = defineEndpoint({
  name: 'messages/list-reactions',
  method: 'GET',
  path: '/chats/{chatId}/messages/{messageId}/reactions',
  access: 'user',
  limits: [largePages],
  summary: 'List everybody who reacted to a message',
  params: ofMessage,
  response: z.object({ reactions: z.array(reaction) }),
  problems: ['not_a_participant', 'message_not_found', 'too_many_requests'],
});
