import { changing } from '../chats/limits.ts';
import { messageResponse } from '../chats/message.ts';
import { defineEndpoint } from '../endpoint.ts';
import { ofMessage } from './path.ts';

export const pinMessage = defineEndpoint({
  name: 'messages/pin-message',
  method: 'PUT',
  path: '/chats/{chatId}/pins/{messageId}',
  access: 'user',
  limits: [changing],
  summary: 'Pin a message: in a group its owner and admins, in a direct chat both; may be repeated',
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
    'too_many_pins',
    'changed_meanwhile',
    'too_many_requests',
  ],
});
