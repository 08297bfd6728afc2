import { messageResponse } from '../chats/message.ts';
import { defineEndpoint } from '../endpoint.ts';
import { ofMessage } from './path.ts';

export const getMessage = defineEndpoint({
  name: 'messages/get-message',
  method: 'GET',
  path: '/chats/{chatId}/messages/{messageId}',
  access: 'user',
  summary: 'Read one message',
  params: ofMessage,
  response: messageResponse,
  problems: ['not_a_participant', 'message_not_found'],
});
