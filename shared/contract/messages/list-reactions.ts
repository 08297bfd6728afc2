import * as z from 'zod/mini';
import { reaction } from '../chats/message.ts';
import { defineEndpoint, minutes } from '../endpoint.ts';
import { ofMessage } from './path.ts';

export const listReactions = defineEndpoint({
  name: 'messages/list-reactions',
  method: 'GET',
  path: '/chats/{chatId}/messages/{messageId}/reactions',
  access: 'user',
  limits: [{ per: 'user', allow: 120, within: minutes(1) }],
  summary: 'List everybody who reacted to a message',
  params: ofMessage,
  response: z.object({ reactions: z.array(reaction) }),
  problems: ['not_a_participant', 'message_not_found', 'too_many_requests'],
});
