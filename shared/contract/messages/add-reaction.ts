import { reacting } from '../chats/limits.ts';
import { messageResponse } from '../chats/message.ts';
import { defineEndpoint } from '../endpoint.ts';
import { ofReaction } from './path.ts';

export const addReaction = defineEndpoint({
  name: 'messages/add-reaction',
  method: 'PUT',
  path: '/chats/{chatId}/messages/{messageId}/reactions/{emoji}',
  access: 'user',
  limits: [reacting],
  summary: 'React to a message with an emoji; may be repeated',
  params: ofReaction,
  response: messageResponse,
  problems: [
    'chat_locked',
    'suspended',
    'not_a_participant',
    'blocked',
    'message_not_found',
    'message_deleted',
    'too_many_reactions',
    'changed_meanwhile',
    'too_many_requests',
  ],
});
