import { reacting } from '../chats/limits.ts';
import { messageResponse } from '../chats/message.ts';
import { defineEndpoint } from '../endpoint.ts';
import { ofReaction } from './path.ts';

export const removeReaction = defineEndpoint({
  name: 'messages/remove-reaction',
  method: 'DELETE',
  path: '/chats/{chatId}/messages/{messageId}/reactions/{emoji}',
  access: 'user',
  limits: [reacting],
  summary: 'Take a reaction of mine back; may be repeated',
  params: ofReaction,
  response: messageResponse,
  problems: [
    'chat_locked',
    'suspended',
    'not_a_participant',
    'blocked',
    'message_not_found',
    'message_deleted',
    'changed_meanwhile',
    'too_many_requests',
  ],
});
