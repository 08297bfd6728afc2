import { changing } from '../chats/limits.ts';
import { messageResponse } from '../chats/message.ts';
import { defineEndpoint } from '../endpoint.ts';
import { ofMessage } from './path.ts';

export const unpinMessage = defineEndpoint({
  name: 'messages/unpin-message',
  method: 'DELETE',
  path: '/chats/{chatId}/pins/{messageId}',
  access: 'user',
  limits: [changing],
  summary: 'Unpin a message; may be repeated',
  params: ofMessage,
  response: messageResponse,
  problems: [
    'chat_locked',
    'suspended',
    'not_a_participant',
    'blocked',
    'role_too_low',
    'message_not_found',
    'message_deleted',
    'changed_meanwhile',
    'too_many_requests',
  ],
});
